package io.pando.zab.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log file of the real disk has what was written to it, whatever the lengths, and zeros behind it. */
class DirectFileTest {
    private static final int FILE_BYTES = 4 * 1024 * 1024;

    @TempDir
    Path dir;

    private final RealFileSystem disk = new RealFileSystem();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readers_see_every_write_as_soon_as_it_returns(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] expected = new byte[FILE_BYTES];
        Path path = dir.resolve("log");
        try (WritableFile file = disk.createLog(path)) {
            file.write(ByteBuffer.wrap(expected), 0);
            try (StoredFile reader = disk.open(path)) {
                for (int at = 0; at < FILE_BYTES; ) {
                    ByteBuffer[] sources = randomSources(random, FILE_BYTES - at);
                    int end = at;
                    for (ByteBuffer source : sources) {
                        source.get(source.position(), expected, end, source.remaining());
                        end += source.remaining();
                    }

                    file.write(sources, sources.length, at);

                    assertEquals(
                            0,
                            Arrays.stream(sources)
                                    .mapToInt(ByteBuffer::remaining)
                                    .sum());
                    assertContent(expected, Math.max(0, at - 10_000), Math.min(FILE_BYTES, end + 10_000), reader, seed);
                    at = end;
                }
            }
            file.sync();
        }
        assertArrayEquals(expected, Files.readAllBytes(path), "seed " + seed);
    }

    /** Most of them short, some longer than what is written at once, some that end where a block does. */
    private static ByteBuffer[] randomSources(SplittableRandom random, int maxBytes) {
        ByteBuffer[] sources = new ByteBuffer[random.nextInt(1, 4)];
        int left = maxBytes;
        for (int i = 0; i < sources.length; i++) {
            int length = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(700_000);
                case 1 -> FileSystem.BLOCK_BYTES * random.nextInt(80);
                default -> random.nextInt(6_000);
            };
            byte[] bytes = new byte[Math.min(left, length) + 3];
            random.nextBytes(bytes);
            sources[i] = ByteBuffer.wrap(bytes, 3, bytes.length - 3);
            left -= bytes.length - 3;
        }
        return sources;
    }

    private static void assertContent(byte[] expected, int from, int to, StoredFile reader, long seed)
            throws IOException {
        byte[] read = new byte[to - from];
        assertEquals(read.length, reader.read(ByteBuffer.wrap(read), from));
        assertArrayEquals(Arrays.copyOfRange(expected, from, to), read, "from " + from + ", seed " + seed);
    }

    /** As a server that lags behind is fed from the segment that is being written. */
    @Test
    void who_reads_beside_the_writer_sees_all_that_was_written() throws Exception {
        byte[] expected = new byte[FILE_BYTES];
        new SplittableRandom(1).nextBytes(expected);
        Path path = dir.resolve("log");
        AtomicInteger written = new AtomicInteger();
        try (WritableFile file = disk.createLog(path);
                StoredFile reader = disk.open(path);
                ExecutorService beside = Executors.newSingleThreadExecutor()) {
            file.write(ByteBuffer.allocate(FILE_BYTES), 0);
            Future<?> reading = beside.submit(() -> readUntilComplete(expected, written, reader));
            SplittableRandom random = new SplittableRandom(2);
            while (written.get() < FILE_BYTES) {
                int length = Math.min(FILE_BYTES - written.get(), random.nextInt(1, 6_000));
                file.write(ByteBuffer.wrap(expected, written.get(), length), written.get());
                file.sync();
                written.addAndGet(length);
            }
            reading.get();
        }
    }

    private static @Nullable Void readUntilComplete(byte[] expected, AtomicInteger written, StoredFile reader)
            throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        int end;
        do {
            end = written.get();
            assertContent(expected, Math.max(0, end - random.nextInt(1, 50_000)), end, reader, 3);
        } while (end < FILE_BYTES);
        return null;
    }

    @Test
    void what_cannot_be_written_past_the_page_cache_goes_through_it() throws IOException {
        OpenOption unknownToTheDisk = new OpenOption() {};
        RealFileSystem refusing = new RealFileSystem(unknownToTheDisk);
        byte[] expected = {1, 2, 3};
        for (String name : new String[] {"log-1", "log-2"}) {
            try (WritableFile file = refusing.createLog(dir.resolve(name))) {
                file.write(ByteBuffer.wrap(expected), 0);
                file.sync();
            }
            assertArrayEquals(expected, Files.readAllBytes(dir.resolve(name)));
        }
    }

    @Test
    void a_write_that_would_lose_what_is_before_it_is_refused() throws IOException {
        try (WritableFile file = disk.createLog(dir.resolve("log"))) {
            file.write(ByteBuffer.wrap(new byte[100]), 0);

            var refusal =
                    assertThrows(IllegalArgumentException.class, () -> file.write(ByteBuffer.wrap(new byte[100]), 90));

            assertEquals(
                    "A write at 90 goes on neither at 100, where the last one ended, nor where a block begins.",
                    refusal.getMessage());
        }
    }
}
