package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the {@link Identity} of a data directory. */
final class IdentityFile {
    static final String NAME = "identity";

    private static final int CONTENT_BYTES = 5 * Long.BYTES;

    private final AtomicFile file;

    IdentityFile(FileSystem files, Path dataDir) {
        this.file = new AtomicFile(files, dataDir.resolve(NAME), FileKind.IDENTITY, CONTENT_BYTES);
    }

    @Nullable
    Identity read() throws IOException {
        ByteBuffer content = file.read();
        if (content == null) {
            return null;
        }
        return new Identity(readId(content), content.getLong(), readId(content));
    }

    void write(Identity identity) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(CONTENT_BYTES);
        writeId(content, identity.clusterId());
        content.putLong(identity.serverId());
        writeId(content, identity.dataId());
        file.replace(content.flip());
    }

    static void writeId(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    static UUID readId(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }
}
