package io.pando.test.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** A file system of its own, in memory, so small that it can be filled. Making one takes rights that not everybody has. */
public final class SmallDisk implements AutoCloseable {
    private static final int SIZE_MIB = 128;
    private static final String FILLER = "filler";

    private final Path folder;
    private boolean mounted = true;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one on {@code folder}; fails, with what the system says, if that is not permitted. */
    public static SmallDisk on(Path folder) throws IOException {
        return on(folder, SIZE_MIB);
    }

    /** The same of so many MiB, for servers that need more. */
    public static SmallDisk on(Path folder, int mib) throws IOException {
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "pando-test", folder.toString());
        return new SmallDisk(folder);
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) throw new IOException(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Takes all the room that is left. */
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream filler = Files.newOutputStream(folder.resolve(FILLER))) {
            while (true) filler.write(block);
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).startsWith("No space")) throw full;
        }
    }

    /** Gives it back. */
    public void free() throws IOException {
        Files.deleteIfExists(folder.resolve(FILLER));
    }

    /** Copies what is on it, which is gone with it. */
    public void copyTo(Path elsewhere) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(
                        elsewhere.resolve(folder.relativize(each).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                if (!each.endsWith(FILLER))
                    Files.copy(each, elsewhere.resolve(folder.relativize(each).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Also whoever interrupts the torture may close it, on a thread of its own. */
    @Override
    public synchronized void close() throws IOException {
        if (mounted) run("umount", folder.toString());
        mounted = false;
    }
}
