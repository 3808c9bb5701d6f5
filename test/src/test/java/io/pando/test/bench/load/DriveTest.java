package io.pando.test.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriveTest {
    private static final int NO_NODE = -101;

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 5", "7, 100", "1000, 4", "1000, 300000"})
    void every_request_is_answered_however_the_replies_are_cut(int crumbBytes, int bodyBytes) throws IOException {
        try (var server = new AnsweringServer(crumbBytes, bodyBytes, request -> 0)) {
            var tally = new Drive(List.of(server.address()), 3, 4).runAll(new Some(50));

            assertEquals(50, server.requests());
            assertEquals(50, tally.latencies().count());
            assertTrue(tally.errors().isEmpty());
        }
    }

    @Test
    void errors_in_replies_are_counted_by_code() throws IOException {
        try (var server = new AnsweringServer(1000, 0, request -> request % 5 == 0 ? NO_NODE : 0)) {
            var tally = new Drive(List.of(server.address()), 1, 8).runAll(new Some(50));

            assertEquals(Map.of(NO_NODE, 10L), tally.errors().countByCode());
        }
    }

    @Test
    void a_load_ends_by_the_clock_with_all_replies_in() throws IOException {
        try (var server = new AnsweringServer(1000, 0, request -> 0)) {
            var some = new Some(Integer.MAX_VALUE);

            var tally = new Drive(List.of(server.address()), 2, 2)
                    .runFor(Duration.ofMillis(1), Duration.ofMillis(500), connection -> some);

            assertEquals(some.asked, server.requests());
            assertTrue(tally.latencies().count() <= some.asked);
            assertTrue(tally.perSecond() > 0);
        }
    }

    @Test
    void a_rate_is_kept_and_a_late_request_counts_from_when_it_was_due() throws IOException {
        var stall = Duration.ofMillis(200);
        try (var server = new AnsweringServer(1000, 0, request -> {
            if (request == 20) {
                LockSupport.parkNanos(stall.toNanos());
            }
            return 0;
        })) {
            var some = new Some(Integer.MAX_VALUE);
            long start = System.nanoTime();

            var tally = new Drive(List.of(server.address()), 1, 1, 1_000)
                    .runFor(Duration.ZERO, Duration.ofSeconds(1), connection -> some);

            // What the loop was asked to run for is no limit: busy processors let it run for longer.
            long ranMs = Duration.ofNanos(System.nanoTime() - start).toMillis();
            assertTrue(some.asked <= ranMs + 1, "asked " + some.asked + " in " + ranMs + " ms");
            assertTrue(
                    tally.latencies().maxUs() >= 199_000,
                    "worst is " + tally.latencies().maxUs() + " us");
            // Of the two hundred that were due during the stall half were late by more than half of it.
            assertTrue(
                    tally.latencies().p90Us() >= 90_000,
                    "p90 is " + tally.latencies().p90Us() + " us");
        }
    }

    @Test
    void a_server_that_hangs_up_ends_the_load_with_a_sentence() throws IOException {
        try (var server = new AnsweringServer(1000, 0, request -> {
            throw new IllegalStateException("A server that fails at request " + request);
        })) {
            var drive = new Drive(List.of(server.address()), 1, 1);

            var failure = assertThrows(LoadException.class, () -> drive.runAll(new Some(1)));

            assertTrue(failure.toString().contains("closed by the server"), failure.toString());
        }
    }

    private static final class Some implements Requests {
        private final Frame frame = Frames.exists("/k#########");
        private final int count;
        private int asked;

        Some(int count) {
            this.count = count;
        }

        @Override
        public int maxBytes() {
            return frame.lengthBytes();
        }

        @Override
        public boolean more() {
            return asked < count;
        }

        @Override
        public void putNext(ByteBuffer batch, int xid) {
            frame.putTo(batch, xid, asked++);
        }
    }
}
