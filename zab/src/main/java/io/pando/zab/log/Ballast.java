package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file of zeros that is given up when the disk is full, so that the promise and the next start always find room. Given up by
 * whoever writes a promise, restored by the thread that prepares segments.
 */
final class Ballast {
    private static final int BLOCK_BYTES = 1024 * 1024;

    /** As much as a promise may need, which may be due before the log grows. */
    private static final int FIRST_BYTES = 64 * 1024;

    private final FileSystem files;
    private final Path file;
    private final long bytes;

    Ballast(FileSystem files, Path dataDir, long bytes) {
        this.files = files;
        this.file = dataDir.resolve("ballast");
        this.bytes = bytes;
    }

    /** Takes the first of the space at once, if none has been taken yet. */
    synchronized void begin() throws IOException {
        take(Math.min(FIRST_BYTES, bytes));
    }

    /** Takes all of the space, if it has not been taken yet. */
    synchronized void restore() throws IOException {
        take(bytes);
    }

    private void take(long wanted) throws IOException {
        if (takenBytes() >= wanted) {
            return;
        }
        Path temporary = TemporaryFiles.of(file);
        try (StoredFile written = files.create(temporary)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(BLOCK_BYTES, wanted));
            for (long at = 0; at < wanted; at += zeros.capacity()) {
                written.write(zeros.clear(), at);
                written.sync();
            }
        } catch (NoSpaceException e) {
            files.delete(temporary);
            throw e;
        }
        files.rename(temporary, file);
        files.syncDirectory(TemporaryFiles.directoryOf(file));
    }

    private long takenBytes() throws IOException {
        if (!files.exists(file)) {
            return -1;
        }
        try (StoredFile taken = files.open(file)) {
            return taken.size();
        }
    }

    long bytes() {
        return bytes;
    }

    /** Gives the space back; returns whether there was any. */
    synchronized boolean release() throws IOException {
        if (!files.exists(file)) {
            return false;
        }
        files.delete(file);
        files.syncDirectory(TemporaryFiles.directoryOf(file));
        return true;
    }
}
