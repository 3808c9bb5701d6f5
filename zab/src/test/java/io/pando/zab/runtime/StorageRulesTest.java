package io.pando.zab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.DamagedStorageException;
import io.pando.zab.log.SegmentInspection;
import io.pando.zab.log.StorageInspector;
import io.pando.zab.log.UnusableStorageException;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server does with its directories, rule by rule. */
class StorageRulesTest {
    private static final Path DATA = Path.of("/data");
    private static final Path LOG = Path.of("/log");

    private final QuietLog quiet = new QuietLog();
    private final SplittableRandom random = new SplittableRandom(2);
    private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    private final Semaphore news = new Semaphore(0);
    private final List<Halt> halts = new CopyOnWriteArrayList<>();
    private final ZabConfig config = ZabConfig.in(DATA)
            .withLogDir(LOG)
            .withSegmentBytes(8 * 1024)
            .withBallastBytes(1024)
            .withLogKeptBytes(0);

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_payload_longer_than_a_segment_gets_a_segment_of_its_own() throws IOException {
        String large = "x".repeat(100_000);
        try (ZabNode node = start(config, new Ledger())) {
            write(node, "before");
            write(node, large);
            write(node, "after");
        }

        assertEquals(List.of("before", large, "after"), restarted());
    }

    @Test
    void a_full_disk_refuses_writes_before_the_log_can_not_be_extended_and_accepts_them_again() throws IOException {
        try (ZabNode node = start(config.withSegmentBytes(256 * 1024), new Ledger())) {
            disk.setCapacity(disk.usedBytes() + 1000);
            int written = 0;
            while (node.writable()) {
                write(node, "x".repeat(1000));
                written++;
            }
            // What the reserve is for: writes that may not be refused.
            write(node, "closing a session");
            assertTrue(written > 50, () -> "refused too early");
            assertTrue(halts.isEmpty());

            disk.setCapacity(Long.MAX_VALUE);
            while (!node.writable()) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 300; i++) {
                write(node, "y".repeat(1000));
            }
            assertEquals(written + 301, Zxid.counter(node.lastDelivered()));
        }

        assertTrue(restarted().contains("closing a session"));
    }

    @Test
    void a_batch_that_is_longer_than_a_segment_waits_for_room_on_a_full_disk() throws IOException {
        String large = "x".repeat(100_000);
        try (ZabNode node = start(config, new Ledger())) {
            write(node, "before");
            disk.setCapacity(disk.usedBytes() + 50_000);
            node.propose(Ledger.bytes(large));
            node.turn();
            awaitFullDisk(node);
            assertTrue(node.figures().segments() > 1, "It is waited for between two segments");

            disk.setCapacity(Long.MAX_VALUE);
            write(node, "after");
        }

        assertTrue(halts.isEmpty());
        assertEquals(List.of("before", large, "after"), restarted());
    }

    @Test
    void a_server_that_waits_for_room_can_be_stopped() throws IOException {
        try (ZabNode node = start(config, new Ledger())) {
            write(node, "before");
            disk.setCapacity(disk.usedBytes());
            node.propose(Ledger.bytes("x".repeat(100_000)));
            node.turn();
            awaitFullDisk(node);
        }

        disk.setCapacity(Long.MAX_VALUE);
        assertEquals(List.of("before"), restarted());
    }

    private static void awaitFullDisk(ZabNode node) {
        while (node.writable()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void on_a_full_disk_log_that_nobody_needs_any_more_makes_room_before_writes_are_refused() throws IOException {
        long segmentBytes = 256 * 1024;
        ZabConfig keepingMuch =
                config.withSegmentBytes(segmentBytes).withSnapshotsKept(1).withLogKeptBytes(4 * segmentBytes);
        try (ZabNode node = start(keepingMuch, new Ledger())) {
            writeWhileAccepted(node, 8 * segmentBytes);
            node.takeSnapshotNow();
            // The purge after the snapshot leaves four sealed segments, each of which the next one sealed makes
            // superfluous.
            while (node.figures().segments() > 5) {
                Thread.onSpinWait();
            }

            disk.setCapacity(disk.usedBytes() + segmentBytes + segmentBytes / 2);
            writeWhileAccepted(node, 4 * segmentBytes);

            assertTrue(halts.isEmpty());
        }
    }

    private void writeWhileAccepted(ZabNode node, long bytes) {
        long end = node.figures().appendedBytes() + bytes;
        while (node.figures().appendedBytes() < end) {
            assertTrue(node.writable(), () -> "refused at " + node.figures());
            write(node, "x".repeat(1000));
        }
    }

    @Test
    void a_server_starts_on_a_full_disk_with_the_space_it_has_set_aside() throws IOException {
        ZabConfig roomy = config.withBallastBytes(64 * 1024);
        try (ZabNode node = start(roomy, new Ledger())) {
            for (int i = 0; i < 100; i++) {
                write(node, "x".repeat(1000));
            }
        }
        assertTrue(disk.exists(DATA.resolve("ballast")));

        disk.setCapacity(disk.usedBytes() + 100);
        try (ZabNode node = start(roomy, new Ledger())) {
            assertEquals(2, node.epoch());
        }
    }

    @Test
    void space_for_a_promise_is_set_aside_before_anything_is_written_and_the_rest_when_the_log_grows()
            throws IOException {
        try (ZabNode node = start(config.withBallastBytes(256 * 1024), new Ledger())) {
            assertEquals(64 * 1024, disk.bytes(DATA.resolve("ballast")).length);

            while (disk.bytes(DATA.resolve("ballast")).length < 256 * 1024) {
                write(node, "x".repeat(1000));
            }
        }
    }

    @Test
    void a_failed_sync_stops_the_server_and_acknowledges_nothing() throws IOException {
        try (ZabNode node = start(config, new Ledger())) {
            write(node, "first");
            disk.crashAt(disk.operations());
            node.propose(Ledger.bytes("second"));

            assertEquals(0, node.turn());
            // This thread has found out, or that of the log will.
            while (halts.isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(0, node.turn());
            assertEquals(1, halts.size());
            assertFalse(node.writable());
            assertFalse(node.mayPropose());
        } catch (IOException e) {
            // Closing finds the disk as dead as before.
        }
    }

    @Test
    void purging_keeps_the_snapshots_asked_for_and_the_log_behind_the_oldest_of_them() throws IOException {
        int written = 0;
        try (ZabNode node = start(config.withSnapshotEveryTxns(20).withSnapshotGrowthPercent(0), new Ledger())) {
            for (int taken = 0; taken < 20; taken++) {
                // Snapshots are written beside the writes: each round goes on until one more is complete.
                long before = latestSnapshotZxid(node);
                while (latestSnapshotZxid(node) == before) {
                    write(node, "txn " + written++ + "x".repeat(100));
                }
            }
        }

        List<Path> snapshots = disk.list(DATA).stream()
                .filter(path -> path.toString().endsWith(".snapshot"))
                .toList();
        assertEquals(3, snapshots.size());
        List<SegmentInspection> segments = inspect();
        long oldest = Long.parseUnsignedLong(
                snapshots.getFirst().getFileName().toString().substring(0, 16), 16);
        assertTrue(segments.getFirst().segmentId() > 1, "Nothing was purged");
        assertFalse(Zxid.isAfter(segments.getFirst().baseZxid(), oldest));
        assertEquals(written, restarted().size());
    }

    @Test
    void a_server_that_is_about_to_stop_takes_a_snapshot_if_there_is_much_to_replay() throws Exception {
        try (ZabNode node = start(config.withSegmentBytes(16 << 20), new Ledger())) {
            write(node, "little");
            var done = new CountDownLatch(1);
            node.wrapUp(done::countDown);
            assertEquals(0, done.getCount());
            node.turn();
            assertNull(node.latestSnapshot());

            for (int i = 0; i < 100; i++) {
                write(node, "x".repeat(50_000));
            }
            long last = node.lastDelivered();
            done = new CountDownLatch(1);
            node.wrapUp(done::countDown);
            node.turn();
            done.await();
            assertEquals(last, latestSnapshotZxid(node));
        }
    }

    @Test
    void a_loss_that_the_operator_accepts_costs_no_more_than_what_is_damaged() throws IOException {
        aServerThatWrote("a", "b", "c");
        Path segment = disk.list(LOG).getFirst();
        byte[] bytes = disk.bytes(segment).clone();
        bytes[indexOf(bytes, (byte) 'b')] ^= 1;
        disk.put(segment, bytes);

        assertThrows(DamagedStorageException.class, this::restarted);
        Ledger ledger = new Ledger();
        try (ZabNode node = start(config.withAcceptLoss(true), ledger)) {
            write(node, "d");
        }
        assertEquals(List.of("a", "d"), restarted());
    }

    @Test
    void a_segment_of_another_ensemble_is_refused() throws IOException {
        aServerThatWrote("a");
        Path segment = disk.list(LOG).getFirst();
        byte[] foreign = disk.bytes(segment);
        SimulatedDisk other = new SimulatedDisk(new SplittableRandom(2));
        try (ZabNode node = ZabNode.start(
                config, new ThreadedHost(Duration.ZERO), other, new Ledger(), random, () -> {}, halts::add)) {
            assertEquals(1, node.epoch());
        }
        other.put(segment, foreign);

        var refused = assertThrows(
                UnusableStorageException.class,
                () -> ZabNode.start(
                        config, new ThreadedHost(Duration.ZERO), other, new Ledger(), random, () -> {}, halts::add));
        assertEquals(segment, refused.file());
    }

    @Test
    void a_log_directory_that_was_forgotten_is_noticed() throws IOException {
        aServerThatWrote("a");

        var refused = assertThrows(
                UnusableStorageException.class, () -> start(config.withLogDir(Path.of("/elsewhere")), new Ledger()));
        assertTrue(String.valueOf(refused.getMessage()).contains("/elsewhere"));
        assertThrows(
                UnusableStorageException.class, () -> start(config.withDataDir(Path.of("/elsewhere")), new Ledger()));
    }

    @Test
    void stale_temporary_files_are_swept_away() throws IOException {
        disk.put(DATA.resolve("0000000100000001.snapshot.tmp"), new byte[10]);
        disk.put(LOG.resolve("next-7.tmp"), new byte[10]);
        aServerThatWrote("a");

        assertTrue(disk.allFiles().stream().noneMatch(path -> path.toString().contains("next-7")));
        assertTrue(disk.list(DATA).stream().noneMatch(path -> path.toString().endsWith(".tmp")));
    }

    @Test
    void the_inspector_shows_every_record_and_where_it_lies() throws IOException {
        aServerThatWrote("a", "b");
        List<String> seen = new ArrayList<>();
        Path path = disk.list(LOG).getFirst();
        byte[] bytes = disk.bytes(path);
        List<SegmentInspection> inspections = new StorageInspector(disk)
                .inspectSegments(List.of(path), (zxid, type, offset, payload) -> {
                    if (type == RecordType.TXN) {
                        seen.add(Zxid.toString(zxid) + "=" + (char) bytes[(int) offset + 13]);
                    }
                });

        assertEquals(List.of("0x100000001=a", "0x100000002=b"), seen);
        assertEquals(SegmentInspection.Verdict.INTACT, inspections.getFirst().verdict());
        assertEquals(3, inspections.getFirst().records());
    }

    private static long latestSnapshotZxid(ZabNode node) {
        SnapshotFigures latest = node.latestSnapshot();
        return latest == null ? 0 : latest.zxid();
    }

    private List<SegmentInspection> inspect() throws IOException {
        List<Path> segments = disk.list(LOG).stream()
                .filter(path -> path.toString().endsWith(".log"))
                .toList();
        return new StorageInspector(disk).inspectSegments(segments, (zxid, type, offset, payload) -> {});
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 4096; i < bytes.length; i++) {
            // A payload of one byte, behind its record's header.
            if (bytes[i] == wanted && bytes[i - 1] == RecordType.TXN.code() && bytes[i - 10] == 1) {
                return i;
            }
        }
        throw new IllegalArgumentException("Not there");
    }

    private void aServerThatWrote(String... texts) throws IOException {
        try (ZabNode node = start(config, new Ledger())) {
            for (String text : texts) {
                write(node, text);
            }
        }
    }

    private List<String> restarted() throws IOException {
        Ledger ledger = new Ledger();
        try (ZabNode node = start(config, ledger)) {
            assertTrue(node.epoch() > 1);
        }
        return ledger.entries().entrySet().stream().map(Map.Entry::getValue).toList();
    }

    private ZabNode start(ZabConfig chosen, Ledger ledger) throws IOException {
        return ZabNode.start(chosen, new ThreadedHost(Duration.ZERO), disk, ledger, random, news::release, halts::add);
    }

    private void write(ZabNode node, String text) {
        node.propose(Ledger.bytes(text));
        node.turn();
        while (node.lastDelivered() != node.lastProposed()) {
            news.acquireUninterruptibly();
            node.turn();
        }
    }
}
