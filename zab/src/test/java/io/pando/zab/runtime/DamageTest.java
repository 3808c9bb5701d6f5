package io.pando.zab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.DamagedStorageException;
import io.pando.zab.log.LogStore;
import io.pando.zab.log.RecoveredHistory;
import io.pando.zab.model.RecordType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Files that have changed since they were written: recovery finds everything that was acknowledged, or refuses and names the
 * file. Every byte of small files is cut at, flipped and zeroed, and random ones of larger files.
 */
class DamageTest {
    private final RandomGenerator random = new SplittableRandom(20);
    private final QuietLog quiet = new QuietLog();
    private final ZabConfig small = ZabConfig.in(Path.of("/data"))
            .withLogDir(Path.of("/log"))
            .withSegmentBytes(8 * 1024)
            .withBallastBytes(64)
            .withLogKeptBytes(0);
    private int refused;
    private int complete;

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void every_byte_of_the_log_of_a_killed_server() throws IOException {
        Image image = imageOf(small, 12, node -> {}, false);
        damageEveryByte(image, image.filesEndingIn(".log"));

        assertTrue(refused > 1000, () -> "refused " + refused);
    }

    @Test
    void every_byte_of_the_log_of_a_server_that_was_stopped() throws IOException {
        Image image = imageOf(small, 12, node -> {}, true);
        damageEveryByte(image, image.filesEndingIn(".log"));

        assertTrue(refused > 1000, () -> "refused " + refused);
    }

    @Test
    void every_byte_of_identity_and_promise() throws IOException {
        Image image = imageOf(small, 3, node -> {}, true);
        List<Path> files = new ArrayList<>(image.filesEndingIn("identity"));
        files.addAll(image.filesEndingIn("promise"));
        damageEveryByte(image, files);

        assertEquals(2, files.size());
        assertEquals(0, complete);
    }

    @Test
    void every_byte_of_a_snapshot_that_the_log_can_replace() throws IOException {
        Image image = imageOf(small, 12, ZabNode::takeSnapshotNow, true);
        damageEveryByte(image, image.filesEndingIn(".snapshot").reversed().subList(0, 1));

        assertEquals(0, refused);
    }

    @Test
    void every_byte_of_the_only_snapshot_behind_which_the_log_was_purged() throws IOException {
        Image image = imageOf(small.withSnapshotsKept(1), 40, ZabNode::takeSnapshotNow, true);
        List<Path> snapshots = image.filesEndingIn(".snapshot");
        assertEquals(1, snapshots.size());
        damageEveryByte(image, snapshots);

        assertEquals(0, complete);
    }

    @Test
    void blank_sectors_anywhere_before_the_last_hint() throws IOException {
        Image image = imageOf(small, 40, node -> {}, true);
        for (Path path : image.filesEndingIn(".log")) {
            byte[] bytes = image.disk().bytes(path);
            for (int at = 0; at + 512 <= bytes.length; at += 512) {
                byte[] blanked = bytes.clone();
                Arrays.fill(blanked, at, at + 512, (byte) 0);
                if (!holdsTheLastHint(path, image, at, bytes)) {
                    check(image, path, blanked, "blank sector at " + at);
                }
            }
        }

        assertTrue(refused > 20, () -> "refused " + refused);
    }

    /** The hint itself may share its sector with the last record: with both gone, nothing tells that there was one. */
    private static boolean holdsTheLastHint(Path path, Image image, int at, byte[] bytes) {
        if (!path.equals(image.filesEndingIn(".log").getLast())) {
            return false;
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end - 64 < at + 512;
    }

    @Test
    void random_bytes_of_a_large_log() throws IOException {
        Image image = imageOf(small.withSegmentBytes(256 * 1024), 6_000, node -> {}, true);
        List<Path> segments = image.filesEndingIn(".log");
        assertTrue(segments.size() > 5);
        for (int i = 0; i < 150; i++) {
            Path path = segments.get(random.nextInt(segments.size()));
            byte[] bytes = image.disk().bytes(path);
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(3000));
            byte[] garbled = bytes.clone();
            for (int j = at; j < at + length; j++) {
                garbled[j] = (byte) random.nextInt();
            }
            check(image, path, garbled, length + " garbled bytes at " + at);
            check(image, path, flipped(bytes, at), "flip at " + at);
            check(image, path, Arrays.copyOf(bytes, at), "cut at " + at);
        }

        assertTrue(refused > 100, () -> "refused " + refused);
    }

    private void damageEveryByte(Image image, List<Path> files) throws IOException {
        assertTrue(!files.isEmpty());
        for (Path path : files) {
            byte[] bytes = image.disk().bytes(path);
            for (int at = 0; at < bytes.length; at++) {
                check(image, path, flipped(bytes, at), "flip at " + at);
                check(image, path, Arrays.copyOf(bytes, at), "cut at " + at);
                if (bytes[at] != 0) {
                    byte[] zeroed = bytes.clone();
                    zeroed[at] = 0;
                    check(image, path, zeroed, "zero at " + at);
                }
            }
        }
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private void check(Image image, Path path, byte[] bytes, String damage) throws IOException {
        SimulatedDisk disk = image.disk().copy();
        disk.put(path, bytes);
        Ledger ledger = new Ledger();
        try {
            image.recover(disk, ledger);
        } catch (IOException e) {
            refused++;
            assertTrue(String.valueOf(e.getMessage()).contains(path.toString()), () -> path + ", " + damage + ": " + e);
            if (e instanceof DamagedStorageException damaged) {
                assertTrue(damaged.report().offset() <= image.disk().bytes(path).length, damage);
            }
            return;
        }
        complete++;
        assertEquals(image.acknowledged(), List.copyOf(ledger.entries().entrySet()), () -> path + ", " + damage);
    }

    /** What a server leaves behind that has acknowledged everything it was given. */
    private Image imageOf(ZabConfig config, int txns, Consumer<ZabNode> halfway, boolean stopped) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(random);
        Ledger ledger = new Ledger();
        SimulatedDisk killed;
        try (ZabNode node = ZabNode.start(
                config, new ThreadedHost(Duration.ZERO), disk, ledger, new SplittableRandom(1), () -> {}, halt -> {})) {
            for (int i = 0; i < txns; i++) {
                node.propose(Ledger.bytes("txn " + i + (i % 3 == 0 ? "\0" : "x").repeat(random.nextInt(900))));
                commit(node);
                if (i == txns / 2) {
                    halfway.accept(node);
                }
            }
            killed = disk.copy();
        }
        return new Image(
                config,
                stopped ? disk.copy() : killed,
                List.copyOf(ledger.entries().entrySet()));
    }

    private static void commit(ZabNode node) {
        node.turn();
        while (node.lastDelivered() != node.lastProposed()) {
            node.turn();
            Thread.onSpinWait();
        }
    }

    private record Image(ZabConfig config, SimulatedDisk disk, List<Map.Entry<Long, String>> acknowledged) {

        List<Path> filesEndingIn(String suffix) {
            return disk.allFiles().stream()
                    .filter(path -> path.toString().endsWith(suffix))
                    .toList();
        }

        void recover(SimulatedDisk damaged, Ledger ledger) throws IOException {
            try (LogStore store = LogStore.open(config.log(), damaged)) {
                RecoveredHistory history = store.recover(ledger.asRecoveryTarget());
                history.uncommitted()
                        .forEach(records -> records.forEach((zxid, type, payload) -> {
                            if (type == RecordType.TXN) {
                                ledger.deliver(zxid, payload);
                            }
                        }));
            }
        }
    }
}
