package io.pando.test.bench.limit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.load.Tally;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Settings;
import io.pando.test.bench.workload.Unit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Writes one block after the other and has each synced ({@code fdatasync}) before the next: the time of a write and its sync, on the
 * disk where servers keep their data.
 *
 * @param writtenBefore the file has its length and its blocks already, as a log has that is made ahead of time; else each write
 *     lengthens it
 */
record SyncCase(int blockKib, boolean writtenBefore, Path folder, Settings settings) implements Case {
    static final String NAME = "fdatasync";

    private static final int FILE_BYTES = 64 * 1024 * 1024;
    private static final int CHUNK_BYTES = 1024 * 1024;

    @Override
    public String workload() {
        return NAME;
    }

    @Override
    public String load() {
        return blockKib + " KiB, " + (writtenBefore ? "overwriting" : "appending");
    }

    @Override
    public List<Figure> round(Target target) {
        try {
            Files.createDirectories(folder);
            try (var file =
                    FileChannel.open(folder.resolve("fdatasync"), CREATE, TRUNCATE_EXISTING, WRITE, DELETE_ON_CLOSE)) {
                return List.of(Figure.latency(measure(file), Unit.MICROS));
            }
        } catch (IOException e) {
            throw new LoadException("The disk below " + folder + " can't be measured: " + e.getMessage(), e);
        }
    }

    private Tally measure(FileChannel file) throws IOException {
        if (writtenBefore) {
            writeAll(file);
        }
        var tally = new Tally();
        writeFor(settings.warmUp(), file, tally);
        tally.begin();
        writeFor(settings.time(), file, tally);
        tally.end();
        return tally;
    }

    private static void writeAll(FileChannel file) throws IOException {
        var chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (int written = 0; written < FILE_BYTES; written += CHUNK_BYTES) {
            file.write(chunk.clear(), written);
        }
        file.force(true);
    }

    /** At least once. Goes round in the file that is there; a file that grows begins anew at the same length, outside of what is timed. */
    private void writeFor(Duration time, FileChannel file, Tally tally) throws IOException {
        var block = ByteBuffer.allocateDirect(blockKib * 1024);
        long end = System.nanoTime() + time.toNanos();
        long at = 0;
        do {
            if (at + block.capacity() > FILE_BYTES) {
                at = 0;
            }
            if (at == 0 && !writtenBefore) {
                file.truncate(0).force(true);
            }
            long began = System.nanoTime();
            file.write(block.clear(), at);
            file.force(false);
            tally.completed(System.nanoTime() - began, 0);
            at += block.capacity();
        } while (System.nanoTime() - end < 0);
    }
}
