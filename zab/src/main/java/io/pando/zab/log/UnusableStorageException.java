package io.pando.zab.log;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that this server must not work with: not ours, of another ensemble, or written by a newer release. Nothing was
 * changed. The message says what was found, where, and what to do.
 */
public final class UnusableStorageException extends IOException {
    private final Path file;

    public UnusableStorageException(Path file, String message) {
        super(message);
        this.file = file;
    }

    public Path file() {
        return file;
    }
}
