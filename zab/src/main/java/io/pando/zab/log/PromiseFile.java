package io.pando.zab.log;

import io.pando.zab.model.Promise;
import io.pando.zab.model.Promise.FloorReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps the {@link Promise}: disk first, then memory. */
final class PromiseFile {
    static final String NAME = "promise";

    private static final int CONTENT_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

    private final AtomicFile file;

    PromiseFile(FileSystem files, Path dataDir) {
        this.file = new AtomicFile(files, dataDir.resolve(NAME), FileKind.PROMISE, CONTENT_BYTES);
    }

    @Nullable
    Promise read() throws IOException {
        ByteBuffer content = file.read();
        if (content == null) {
            return null;
        }
        try {
            return new Promise(
                    content.getInt(), content.getLong(), content.getLong(), FloorReason.ofCode(content.getInt()));
        } catch (IllegalArgumentException nonsense) {
            throw file.damaged(String.valueOf(nonsense.getMessage()));
        }
    }

    void write(Promise promise) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(CONTENT_BYTES);
        content.putInt(promise.acceptedEpoch()).putLong(promise.acceptedLeader());
        content.putLong(promise.floorZxid()).putInt(promise.floorReason().code());
        file.replace(content.flip());
    }
}
