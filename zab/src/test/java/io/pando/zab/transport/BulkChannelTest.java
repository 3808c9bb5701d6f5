package io.pando.zab.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.model.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Snapshots from one server to another, over real sockets. */
@Timeout(60)
class BulkChannelTest {
    private static final long ZXID = 0x5_0000_0007L;

    private final byte[] content = new byte[3 * 1024 * 1024 + 12_345];
    private final Sink sink = new Sink();
    private long zxidOnShelf = ZXID;
    private BulkChannel one;
    private BulkChannel two;

    @BeforeEach
    void open() throws IOException {
        new Random(1).nextBytes(content);
        one = channel(1, config -> config);
        two = channel(2, config -> config);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private BulkChannel channel(long id, UnaryOperator<BulkConfig> changes) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return BulkChannel.open(
                changes.apply(BulkConfig.of(any)),
                () -> TestPeer.helloOf(id, TestPeer.CLUSTER),
                (atLeast, begun) -> zxidOnShelf < atLeast ? null : new Source(zxidOnShelf, content));
    }

    @Test
    void a_snapshot_arrives_as_it_is() throws Exception {
        long zxid = fetch(one.address().getPort(), ZXID).get(20, TimeUnit.SECONDS);

        assertEquals(ZXID, zxid);
        assertArrayEquals(content, sink.content);
        assertTrue(sink.complete);
        assertEquals(1, sink.begun.get());
    }

    @Test
    void one_that_is_too_old_is_refused() {
        Throwable refused = failureOf(fetch(one.address().getPort(), ZXID + 1));

        assertEquals("Server 1 has no snapshot at 0x500000008 or above", refused.getMessage());
    }

    @Test
    void a_transfer_that_is_cut_again_and_again_goes_on_where_it_was() throws Exception {
        Random random = new Random(5);
        try (Relay relay = new Relay(one.address().getPort(), () -> 100_000 + random.nextInt(900_000))) {
            fetch(relay.port(), ZXID).get(40, TimeUnit.SECONDS);

            assertArrayEquals(content, sink.content);
            assertEquals(1, sink.begun.get());
            assertTrue(relay.connections() > 3, relay.connections() + " connections");
        }
    }

    @Test
    void a_newer_snapshot_in_place_of_the_one_that_was_begun_begins_anew() throws Exception {
        try (Relay relay =
                new Relay(one.address().getPort(), () -> sink.begun.get() == 0 ? 1_000_000 : Integer.MAX_VALUE)) {
            relay.whenCut(() -> zxidOnShelf = ZXID + 1);

            assertEquals(ZXID + 1, fetch(relay.port(), ZXID).get(20, TimeUnit.SECONDS));

            assertArrayEquals(content, sink.content);
            assertEquals(2, sink.begun.get());
        }
    }

    @Test
    void a_byte_that_changes_on_the_way_is_noticed_and_fetched_again() throws Exception {
        try (Relay relay = new Relay(one.address().getPort(), () -> Integer.MAX_VALUE)) {
            relay.spoilOnceAt(1_500_000);

            fetch(relay.port(), ZXID).get(20, TimeUnit.SECONDS);

            assertArrayEquals(content, sink.content);
            assertEquals(2, relay.connections());
            assertEquals(1, sink.begun.get());
        }
    }

    @Test
    void a_transfer_without_progress_fails_and_is_abandoned() throws Exception {
        try (BulkChannel hasty = channel(3, config -> config.withProgressTimeout(Duration.ofMillis(400)));
                Stranger silent = Stranger.listening()) {
            CompletableFuture<Long> fetched = hasty.fetch(member(silent.port()), ZXID, sink);

            assertInstanceOf(IOException.class, failureOf(fetched));
            TestPeer.await(() -> sink.abandoned);
            assertFalse(sink.complete);
        }
    }

    @Test
    void a_sink_that_fails_ends_the_transfer() {
        sink.failure = new IOException("The disk is full");

        assertEquals(sink.failure, failureOf(fetch(one.address().getPort(), ZXID)));
    }

    @Test
    void the_rate_is_limited() throws Exception {
        try (BulkChannel slow = channel(3, config -> config.withBytesPerSecond(6 * 1024 * 1024))) {
            long begin = System.nanoTime();
            two.fetch(Member.parse(3, "127.0.0.1:1:" + slow.address().getPort()), ZXID, sink)
                    .get(20, TimeUnit.SECONDS);

            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(tookMs > 400, "3 MiB at 6 MiB/s took " + tookMs + " ms");
            assertArrayEquals(content, sink.content);
        }
    }

    @Test
    void closing_ends_what_is_under_way() throws Exception {
        CompletableFuture<Long> fetched;
        try (Stranger silent = Stranger.listening()) {
            fetched = two.fetch(member(silent.port()), ZXID, sink);
            two.close();
        }

        assertEquals("This server stops", failureOf(fetched).getMessage());
    }

    private static Throwable failureOf(CompletableFuture<Long> fetched) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> fetched.get(20, TimeUnit.SECONDS));
        return Objects.requireNonNull(failed.getCause());
    }

    private CompletableFuture<Long> fetch(int port, long atLeastZxid) {
        return two.fetch(member(port), atLeastZxid, sink);
    }

    private static Member member(int bulkPort) {
        return Member.parse(1, "127.0.0.1:1:" + bulkPort);
    }

    /** A snapshot in memory, read in uneven pieces. */
    private static final class Source implements SnapshotSource {
        private final long zxid;
        private final byte[] content;

        Source(long zxid, byte[] content) {
            this.zxid = zxid;
            this.content = content;
        }

        @Override
        public long zxid() {
            return zxid;
        }

        @Override
        public long lengthBytes() {
            return content.length;
        }

        @Override
        public int read(ByteBuffer into, long offset) {
            int bytes = Math.min(Math.min(into.remaining(), 100_000), content.length - (int) offset);
            into.put(content, (int) offset, bytes);
            return bytes;
        }

        @Override
        public void close() {}
    }

    /** Keeps what it is given; written by the writing thread, read by the test when all is done. */
    private static final class Sink implements SnapshotSink {
        private volatile byte[] content = {};
        private final AtomicInteger begun = new AtomicInteger();
        private volatile boolean complete;
        private volatile boolean abandoned;
        private volatile @Nullable IOException failure;
        private long written;

        @Override
        public void begin(long zxid, long lengthBytes) {
            content = new byte[(int) lengthBytes];
            written = 0;
            begun.incrementAndGet();
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            IOException broken = failure;
            if (broken != null) {
                throw broken;
            }
            assertEquals(written, offset);
            written += bytes.remaining();
            bytes.get(content, (int) offset, bytes.remaining());
        }

        @Override
        public void complete() {
            complete = true;
        }

        @Override
        public void abandon() {
            abandoned = true;
        }
    }
}
