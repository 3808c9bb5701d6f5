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

    private final FileSystem files;
    private final Path file;
    private final long bytes;

    Ballast(FileSystem files, Path dataDir, long bytes) {
        this.files = files;
        this.file = dataDir.resolve("ballast");
        this.bytes = bytes;
    }

    /** Takes the space, if it has not been taken yet. */
    synchronized void restore() throws IOException {
        if (files.exists(file)) {
            return;
        }
        Path temporary = TemporaryFiles.of(file);
        try (StoredFile written = files.create(temporary)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(BLOCK_BYTES, bytes));
            for (long at = 0; at < bytes; at += zeros.capacity()) {
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
