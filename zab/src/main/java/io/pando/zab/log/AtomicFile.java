package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A small file that is replaced as a whole: after a crash it holds the old content or the new, never a mixture.
 *
 * <p>Written as {@code .tmp}, synced, renamed, directory synced. Layout: prefix of its {@link FileKind}, content, CRC32C.
 */
final class AtomicFile {
    private final FileSystem files;
    private final Path path;
    private final FileKind kind;
    private final int contentBytes;

    AtomicFile(FileSystem files, Path path, FileKind kind, int contentBytes) {
        this.files = files;
        this.path = path;
        this.kind = kind;
        this.contentBytes = contentBytes;
    }

    /** The content, or null if the file does not exist. */
    @Nullable
    ByteBuffer read() throws IOException {
        if (!files.exists(path)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(lengthBytes() + 1);
        try (StoredFile file = files.open(path)) {
            file.read(bytes, 0);
        }
        bytes.flip();
        kind.refuseForeign(bytes, path);
        int checkedBytes = lengthBytes() - Integer.BYTES;
        if (bytes.limit() != lengthBytes() || new Checksum().of(bytes, 0, checkedBytes) != bytes.getInt(checkedBytes)) {
            throw damaged("its checksum does not match");
        }
        return bytes.limit(checkedBytes).position(FileKind.PREFIX_BYTES);
    }

    /** To be thrown where the content can't be what was written. */
    UnusableStorageException damaged(String why) {
        return new UnusableStorageException(
                path,
                "The " + kind + " file " + path + " is damaged: " + why
                        + ". Restore dataDir and dataLogDir together from a backup"
                        + (kind == FileKind.PROMISE
                                ? "; a server that runs alone may also be started after deleting this file."
                                : "."));
    }

    /** Returns when the content is durable; {@code content} is written from its position to its limit. */
    void replace(ByteBuffer content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(lengthBytes());
        kind.writePrefix(bytes);
        bytes.put(content);
        bytes.putInt(new Checksum().of(bytes, 0, lengthBytes() - Integer.BYTES)).flip();
        TemporaryFiles.replace(files, path, bytes);
    }

    private int lengthBytes() {
        return FileKind.PREFIX_BYTES + contentBytes + Integer.BYTES;
    }
}
