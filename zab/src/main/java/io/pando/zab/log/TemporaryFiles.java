package io.pando.zab.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Files that are not what they are going to be yet: {@code name.tmp}, renamed when complete, swept away at start. */
final class TemporaryFiles {
    private static final String SUFFIX = ".tmp";

    private TemporaryFiles() {}

    static Path of(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("No file has the path " + file);
        }
        return parent;
    }

    /** Returns when the file durably has this content, and no other: after a crash it has the one from before, or this. */
    static void replace(FileSystem files, Path file, ByteBuffer content) throws IOException {
        Path temporary = of(file);
        try (StoredFile written = files.create(temporary)) {
            written.write(content, 0);
            written.sync();
        }
        files.rename(temporary, file);
        files.syncDirectory(directoryOf(file));
    }

    static void sweep(FileSystem files, Path directory) throws IOException {
        for (Path file : files.list(directory)) {
            if (file.toString().endsWith(SUFFIX)) {
                files.delete(file);
            }
        }
    }
}
