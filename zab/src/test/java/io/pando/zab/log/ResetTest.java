package io.pando.zab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.LogWriter.Position;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A member so far behind that a snapshot of the leader's takes the place of its log (design: zab.md section 9.3). */
class ResetTest {
    private static final int OLD = 40;
    private static final SnapshotMeta META =
            new SnapshotMeta(Zxid.of(4, 20), new EpochTable(List.of(Zxid.of(1, 30))), MemberDisk.MEMBERS);

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_received_snapshot_takes_the_place_of_the_log() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, OLD, Zxid.of(1, 10));
            install(member, received(META));
            member.writer.append(MemberDisk.records(META.zxid(), 4, 21, 30), 0);
            member.writer.writeNow();
            assertEquals(new Position(1, Zxid.of(4, 30)), member.writer.durable());
        }
        try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
            assertEquals(state(4, 30), member.recovered());
            assertEquals(META, member.history.snapshot());
            assertEquals(MemberDisk.MEMBERS, member.history.membership());
            assertEquals(META.zxid(), member.history.logBase());
            assertEquals(META.epochs(), member.history.epochs());
        }
    }

    @Test
    void a_log_that_has_moved_to_a_later_epoch_than_the_snapshot_is_replaced_as_well() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, OLD, Zxid.of(1, 10));
            // The marker of a leader that nobody else has heard of.
            member.write(5, 0, 0, 0);
            receive(member, received(META));
        }
        try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
            assertEquals(state(4, 20), member.recovered());
            assertEquals(META.zxid(), member.history.lastZxid());
        }
    }

    @Test
    void the_power_may_fail_at_any_operation() throws IOException {
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            for (int seed = 0; seed < 3; seed++) {
                reached = survives(operation, true, seed);
            }
        }
    }

    @Test
    void any_operation_may_fail_and_is_reported() throws IOException {
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            reached = survives(operation, false, 0);
        }
    }

    private static boolean survives(int operation, boolean crash, int seed) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(operation * 31L + seed));
        Position durable = new Position(0, Zxid.NONE);
        boolean reported = false;
        boolean reached = false;
        byte[] snapshot = received(META);
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, OLD, Zxid.of(1, 10));
            int first = disk.operations() + operation;
            if (crash) {
                disk.crashAt(first);
            } else {
                disk.failAt(first);
            }
            try {
                install(member, snapshot);
                member.writer.append(MemberDisk.records(META.zxid(), 4, 21, 30), 0);
                member.writer.writeNow();
            } catch (IOException receiving) {
                reported = true;
            }
            reported |= member.fault() != null;
            durable = member.writer.durable();
            reached = disk.failed() != null;
        } catch (IOException closing) {
            // Closing finds the disk as dead as the writer did, or is what fails.
        }
        if (!reached) {
            return false;
        }
        String circumstances = "operation " + operation + ": " + disk.failed();
        assertTrue(reported, circumstances);
        try (MemberDisk member = new MemberDisk(crash ? disk.afterCrash() : disk.afterExit())) {
            List<Long> found = member.recovered();
            boolean replaced = Zxid.epoch(member.history.lastZxid()) == 4;
            if (durable.generation() == 1) {
                assertTrue(replaced, circumstances);
                assertTrue(!Zxid.isAfter(durable.zxid(), member.history.lastZxid()), circumstances);
            }
            assertEquals(
                    replaced ? state(4, Zxid.counter(member.history.lastZxid())) : state(1, OLD), found, circumstances);
            // Nothing of the old log must be served as the past of the new one.
            assertEquals(replaced ? META.zxid() : Zxid.NONE, member.history.logBase(), circumstances);
            assertEquals(Zxid.NONE, member.store.promise().floorZxid(), circumstances);
        }
        return true;
    }

    @Test
    void a_snapshot_that_is_cut_short_or_changed_is_refused_and_leaves_nothing() throws IOException {
        byte[] intact = received(META);
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        try (MemberDisk member = new MemberDisk(disk)) {
            for (int at = 0; at < intact.length; at += 1 + at / 50) {
                byte[] cut = Arrays.copyOf(intact, at);
                byte[] flipped = intact.clone();
                flipped[at] ^= 4;
                assertThrows(IOException.class, () -> receive(member, cut));
                assertThrows(IOException.class, () -> receive(member, flipped));
            }
            assertTrue(disk.list(MemberDisk.DATA).stream()
                    .noneMatch(path -> path.toString().contains("received")
                            || path.toString().endsWith(".snapshot")));
        }
    }

    @Test
    void a_transfer_goes_on_where_it_broke_off_and_takes_no_byte_twice() throws IOException {
        byte[] bytes = received(META);
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        try (MemberDisk member = new MemberDisk(disk)) {
            IncomingSnapshot incoming = member.store.snapshots().receive(META.zxid(), bytes.length);
            incoming.write(0, ByteBuffer.wrap(bytes, 0, 100));
            assertEquals(100, incoming.receivedBytes());
            assertThrows(IllegalArgumentException.class, () -> incoming.write(99, ByteBuffer.wrap(bytes, 99, 10)));
            assertThrows(
                    IllegalArgumentException.class, () -> incoming.write(100, ByteBuffer.allocate(bytes.length - 99)));
            incoming.write(100, ByteBuffer.wrap(bytes, 100, bytes.length - 100));

            assertEquals(META, incoming.finish());
            try (OutgoingSnapshot newest = member.store.snapshots().newest()) {
                assertEquals(bytes.length, Objects.requireNonNull(newest).lengthBytes());
                ByteBuffer read = ByteBuffer.allocate(bytes.length);
                newest.read(read, 0);
                assertEquals(ByteBuffer.wrap(bytes), read.flip());
            }
        }
    }

    private static void install(MemberDisk member, byte[] snapshot) throws IOException {
        member.writer.reset(1, receive(member, snapshot));
        member.writer.writeNow();
    }

    private static SnapshotMeta receive(MemberDisk member, byte[] snapshot) throws IOException {
        try (IncomingSnapshot incoming = member.store.snapshots().receive(META.zxid(), snapshot.length)) {
            for (int at = 0; at < snapshot.length; at += 500) {
                incoming.write(at, ByteBuffer.wrap(snapshot, at, Math.min(500, snapshot.length - at)));
            }
            return incoming.finish();
        }
    }

    /** As the leader has it on its disk. */
    private static byte[] received(SnapshotMeta meta) throws IOException {
        Map<Long, String> state = new TreeMap<>(Long::compareUnsigned);
        state(Zxid.epoch(meta.zxid()), Zxid.counter(meta.zxid()))
                .forEach(zxid -> state.put(zxid, MemberDisk.textOf(zxid)));
        SimulatedDisk leader = new SimulatedDisk(new SplittableRandom(3));
        try (MemberDisk member = new MemberDisk(leader)) {
            member.store.snapshots().write(meta, MemberDisk.content(state));
        }
        Path file = leader.list(MemberDisk.DATA).stream()
                .filter(path -> path.toString().endsWith(".snapshot"))
                .findFirst()
                .orElseThrow();
        return leader.bytes(file);
    }

    private static List<Long> state(int epoch, int last) {
        List<Long> zxids = new ArrayList<>();
        for (int counter = 1; counter <= last; counter++) {
            zxids.add(Zxid.of(epoch, counter));
        }
        return zxids;
    }
}
