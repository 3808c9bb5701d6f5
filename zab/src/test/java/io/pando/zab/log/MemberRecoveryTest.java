package io.pando.zab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Membership;
import io.pando.zab.model.MembershipRecords;
import io.pando.zab.model.Promise.FloorReason;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a member of an ensemble makes of its disk: what is committed, what may be missing, and whom it belongs to. */
class MemberRecoveryTest {
    private final QuietLog quiet = new QuietLog();
    private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void only_what_a_hint_shows_to_be_committed_is_delivered() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.write(1, 0, 10, 0);
            member.write(1, 11, 20, Zxid.of(1, 7));
            member.write(1, 21, 30, Zxid.of(1, 14));
        }
        try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
            assertEquals(Zxid.of(1, 14), member.history.commitZxid());
            assertEquals(14, member.delivered().size());
            assertEquals(Zxid.of(1, 14), member.history.uncommitted().getFirst().prevZxid());
            assertEquals(30, member.recovered().size());
        }
    }

    @Test
    void a_commit_learnt_while_the_log_is_idle_is_on_disk_after_a_clean_end() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.write(1, 0, 10, 0);
            member.writer.committed(Zxid.of(1, 9));
        }
        try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
            assertEquals(Zxid.of(1, 9), member.history.commitZxid());
        }
    }

    @Test
    void the_membership_is_the_last_one_that_was_committed() throws IOException {
        Membership first = MemberDisk.MEMBERS;
        Membership second = new Membership(Zxid.of(1, 3), List.of(MemberDisk.member(1)));
        Membership third = new Membership(Zxid.of(1, 5), List.of(MemberDisk.member(2)));
        try (MemberDisk member = new MemberDisk(disk)) {
            Records.Builder records = new Records.Builder(Zxid.NONE);
            records.append(Zxid.of(1, 0), RecordType.MARKER, MembershipRecords.payload(first));
            records.append(Zxid.of(1, 1), RecordType.TXN, MembershipRecords.payload(first));
            records.append(Zxid.of(1, 2), RecordType.TXN, MembershipRecords.payload(first));
            records.append(Zxid.of(1, 3), RecordType.CONFIG, MembershipRecords.payload(second));
            records.append(Zxid.of(1, 4), RecordType.ACTIVATE, MembershipRecords.activation(Zxid.of(1, 3)));
            records.append(Zxid.of(1, 5), RecordType.CONFIG, MembershipRecords.payload(third));
            member.writer.append(records.build(), Zxid.of(1, 2));
            member.writer.writeNow();
        }
        try (LogStore store = LogStore.open(MemberDisk.settings(), disk)) {
            assertEquals(first, store.recover(nothing()).membership());
            store.startWriter(() -> {}, (what, cause) -> {}).committed(Zxid.of(1, 4));
        }
        try (LogStore store = LogStore.open(MemberDisk.settings(), disk)) {
            assertEquals(second, store.recover(nothing()).membership());
        }
    }

    @Test
    void a_segment_whose_beginning_is_damaged_is_no_foreign_file_and_of_no_other_format() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, 60, 0);
        }
        Path second = disk.list(MemberDisk.LOG).get(1);
        for (int at : new int[] {0, 7, 8, 11, 12, 300}) {
            SimulatedDisk found = disk.copy();
            byte[] bytes = found.bytes(second).clone();
            bytes[at] ^= 4;
            found.put(second, bytes);
            requireFloor(found);
        }
        SimulatedDisk found = disk.copy();
        byte[] bytes = found.bytes(second).clone();
        Arrays.fill(bytes, 0, 512, (byte) 0);
        found.put(second, bytes);
        requireFloor(found);
    }

    @Test
    void a_log_of_which_nothing_is_left_is_replaced_and_never_missing() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, 60, 0);
        }
        Path first = disk.list(MemberDisk.LOG).getFirst();
        byte[] bytes = disk.bytes(first).clone();
        Arrays.fill(bytes, 0, 512, (byte) 0);
        disk.put(first, bytes);
        for (int operation = 0; operation < 60; operation++) {
            SimulatedDisk copy = disk.copy();
            copy.crashAt(operation);
            try (MemberDisk member = new MemberDisk(copy)) {
                assertEquals(Zxid.NONE, member.history.lastZxid());
            } catch (IOException crashed) {
                // That was the point of it.
            }
            try (MemberDisk member = new MemberDisk(copy.afterCrash())) {
                assertEquals(Zxid.NONE, member.history.lastZxid(), "crash at " + operation);
                assertEquals(FloorReason.LOG_DAMAGED, member.store.promise().floorReason(), "crash at " + operation);
            }
        }
    }

    private static void requireFloor(SimulatedDisk found) throws IOException {
        try (MemberDisk member = new MemberDisk(found)) {
            assertEquals(FloorReason.LOG_DAMAGED, member.store.promise().floorReason());
            assertTrue(Zxid.isAfter(Zxid.of(1, 60), member.history.lastZxid()));
        }
    }

    @Test
    void damage_raises_a_floor_before_anything_is_cut() throws IOException {
        Path damaged = aDamagedLog();
        for (int operation = 0; operation < 60; operation++) {
            SimulatedDisk copy = disk.copy();
            copy.crashAt(operation);
            try (MemberDisk member = new MemberDisk(copy)) {
                assertEquals(FloorReason.LOG_DAMAGED, member.store.promise().floorReason());
            } catch (IOException crashed) {
                // That was the point of it.
            }
            SimulatedDisk found = copy.afterCrash();
            boolean cut = !found.exists(damaged) || !Arrays.equals(disk.bytes(damaged), found.bytes(damaged));
            try (LogStore store = LogStore.open(MemberDisk.settings(), found)) {
                assertTrue(!cut || store.promise().floorZxid() == Zxid.of(1, 60), "crash at " + operation);
            }
            try (MemberDisk member = new MemberDisk(found)) {
                assertEquals(Zxid.of(1, 60), member.store.promise().floorZxid(), "crash at " + operation);
                assertTrue(Zxid.isAfter(Zxid.of(1, 60), member.history.lastZxid()));
                assertEquals(
                        Zxid.counter(member.history.lastZxid()),
                        member.recovered().size());
            }
        }
    }

    @Test
    void the_floor_stays_until_it_is_cleared() throws IOException {
        aDamagedLog();
        try (MemberDisk member = new MemberDisk(disk)) {
            assertEquals(Zxid.of(1, 60), member.store.promise().floorZxid());
        }
        try (MemberDisk member = new MemberDisk(disk)) {
            assertEquals(Zxid.of(1, 60), member.store.promise().floorZxid());
            member.store.promise(member.store.promise().withFloor(Zxid.NONE, FloorReason.NONE));
        }
        try (MemberDisk member = new MemberDisk(disk)) {
            assertEquals(Zxid.NONE, member.store.promise().floorZxid());
        }
    }

    @Test
    void damage_without_a_witness_behind_it_may_have_cost_everything_that_was_promised() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, 10, 0);
        }
        Path last = segments(disk).getLast();
        disk.put(last, Arrays.copyOf(disk.bytes(last), SegmentHeader.BYTES + 600));

        try (MemberDisk member = new MemberDisk(disk)) {
            assertEquals(Zxid.of(9, -1), member.store.promise().floorZxid());
        }
    }

    @Test
    void without_any_usable_snapshot_a_member_starts_from_nothing_and_says_what_it_had() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, 60, 0);
            for (int at : new int[] {50, 51, 52}) {
                member.store
                        .snapshots()
                        .write(
                                new SnapshotMeta(Zxid.of(1, at), EpochTable.EMPTY, MemberDisk.MEMBERS),
                                MemberDisk.content(Map.of()));
            }
            assertTrue(member.store.purge());
        }
        for (Path path : disk.list(MemberDisk.DATA)) {
            if (path.toString().endsWith(".snapshot")) {
                disk.put(path, new byte[10]);
            }
        }
        try (MemberDisk member = new MemberDisk(disk)) {
            assertEquals(Zxid.NONE, member.history.lastZxid());
            assertNull(member.history.snapshot());
            assertEquals(Zxid.of(1, 60), member.store.promise().floorZxid());
            member.writeEach(9, 0, 3, 0);
        }
        try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
            assertEquals(Zxid.of(9, 3), member.history.lastZxid());
        }
    }

    @Test
    void alone_the_same_damage_is_refused() throws IOException {
        aDamagedLog();

        assertThrows(DamagedStorageException.class, () -> new MemberDisk(disk, MemberDisk.settings(1, true)));
    }

    @Test
    void a_directory_belongs_to_one_server() throws IOException {
        UUID dataId;
        try (MemberDisk member = new MemberDisk(disk)) {
            dataId = member.store.identity().dataId();
        }
        var refused =
                assertThrows(UnusableStorageException.class, () -> new MemberDisk(disk, MemberDisk.settings(2, false)));
        assertTrue(String.valueOf(refused.getMessage()).contains("server 1"));
        try (MemberDisk member = new MemberDisk(disk)) {
            assertEquals(dataId, member.store.identity().dataId());
        }
    }

    @Test
    void an_ensemble_may_be_adopted_again_while_there_is_no_history_and_a_crash_in_between_does_no_harm()
            throws IOException {
        UUID other = new UUID(8, 8);
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            SimulatedDisk fresh = new SimulatedDisk(new SplittableRandom(operation));
            try (MemberDisk member = new MemberDisk(fresh)) {
                fresh.crashAt(fresh.operations() + operation);
                member.store.adopt(other);
                member.store.startWriter(() -> {}, (what, cause) -> {});
            } catch (IOException crashed) {
                // That was the point of it.
            }
            reached = fresh.failed() != null;
            try (LogStore store = LogStore.open(MemberDisk.settings(), fresh.afterCrash())) {
                assertEquals(Zxid.NONE, store.recover(nothing()).lastZxid());
                store.adopt(other);
                LogWriter writer = store.startWriter(() -> {}, (what, cause) -> {});
                writer.append(MemberDisk.records(0, 1, 0, 2), 0);
                writer.writeNow();
                assertThrows(IllegalStateException.class, () -> store.adopt(MemberDisk.CLUSTER));
            }
        }
    }

    @Test
    void a_lost_promise_is_noticed() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, 3, 0);
        }
        disk.delete(MemberDisk.DATA.resolve("promise"));

        assertThrows(UnusableStorageException.class, () -> new MemberDisk(disk));
    }

    private Path aDamagedLog() throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            member.writeEach(1, 0, 60, Zxid.of(1, 5));
        }
        List<Path> segments = segments(disk);
        assertTrue(segments.size() > 2);
        Path middle = segments.get(1);
        byte[] bytes = disk.bytes(middle).clone();
        bytes[SegmentHeader.BYTES + 200] ^= 1;
        disk.put(middle, bytes);
        return middle;
    }

    private static List<Path> segments(SimulatedDisk disk) {
        return disk.list(MemberDisk.LOG).stream()
                .filter(path -> path.toString().endsWith(".log"))
                .toList();
    }

    private static RecoveryTarget nothing() {
        return new RecoveryTarget() {
            @Override
            public void install(InputStream snapshot, long zxid) {}

            @Override
            public void deliver(long zxid, ByteBuffer payload) {}
        };
    }
}
