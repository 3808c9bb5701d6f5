package io.pando.zab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a learner that lags is sent from the disk. */
class LogReaderTest {
    private static final int RECORDS = 120;

    private final QuietLog quiet = new QuietLog();
    private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void any_part_of_the_log_is_read_across_its_segments_in_portions_of_any_size() throws IOException {
        try (MemberDisk member = filled()) {
            LogReader reader = member.store.reader();
            for (int maxBytes : new int[] {1, 300, 5_000, 1_000_000}) {
                for (int after = 0; after < RECORDS; after += 7) {
                    assertEquals(Zxid.of(1, RECORDS), readOn(reader, Zxid.of(1, after), maxBytes));
                }
            }
        }
    }

    @Test
    void two_learners_may_read_in_turns() throws IOException {
        try (MemberDisk member = filled()) {
            LogReader reader = member.store.reader();
            long one = Zxid.NONE;
            long other = Zxid.of(1, 50);
            while (one != Zxid.of(1, RECORDS) || other != Zxid.of(1, RECORDS)) {
                one = readStep(reader, one, 700);
                other = readStep(reader, other, 300);
            }
        }
    }

    @Test
    void at_the_end_there_is_nothing_and_beyond_it_no_such_place() throws IOException {
        try (MemberDisk member = filled()) {
            LogReader reader = member.store.reader();
            Records none = reader.read(Zxid.of(1, RECORDS), 1000);
            assertNotNull(none);
            assertTrue(none.isEmpty());
            assertNull(reader.read(Zxid.of(1, RECORDS + 1), 1000));
        }
    }

    @Test
    void what_is_not_durable_is_not_read() throws IOException {
        try (MemberDisk member = filled()) {
            disk.crashAt(disk.operations() + 1);
            member.writer.append(MemberDisk.records(Zxid.of(1, RECORDS), 2, 0, 5), 0);
            member.writer.writeNow();
            assertNotNull(member.fault());

            assertEquals(Zxid.of(1, RECORDS), readOn(member.store.reader(), Zxid.of(1, 100), 1_000_000));
        } catch (IOException closing) {
            // The disk is dead.
        }
    }

    @Test
    void what_was_cut_is_gone_and_what_took_its_place_is_read() throws IOException {
        try (MemberDisk member = filled()) {
            LogReader reader = member.store.reader();
            readOn(reader, Zxid.NONE, 300);
            member.truncate(1, Zxid.of(1, 61));
            assertNull(reader.read(Zxid.of(1, 62), 1000));
            member.writeEach(2, 0, 40, 0);

            assertEquals(Zxid.of(2, 40), readOn(reader, Zxid.NONE, 300));
        }
    }

    @Test
    void below_the_base_there_is_nothing_to_read_whether_purged_or_replaced_by_a_snapshot() throws IOException {
        try (MemberDisk member = filled()) {
            LogReader reader = member.store.reader();
            for (int at : new int[] {90, 91, 92}) {
                member.store
                        .snapshots()
                        .write(
                                new SnapshotMeta(Zxid.of(1, at), EpochTable.EMPTY, MemberDisk.MEMBERS),
                                MemberDisk.content(Map.of()));
            }
            assertTrue(member.store.purge());
            assertNull(reader.read(Zxid.NONE, 1000));
            assertEquals(Zxid.of(1, RECORDS), readOn(reader, Zxid.of(1, 90), 1000));

            member.writer.reset(1, new SnapshotMeta(Zxid.of(3, 3), EpochTable.EMPTY, MemberDisk.MEMBERS));
            member.writer.writeNow();
            assertNull(reader.read(Zxid.of(1, 90), 1000));
            assertNotNull(reader.read(Zxid.of(3, 3), 1000));
        }
    }

    @Test
    void damage_is_no_reason_to_stop_but_to_send_a_snapshot() throws IOException {
        try (MemberDisk member = filled()) {
            Path second = disk.list(MemberDisk.LOG).stream()
                    .filter(path -> path.toString().endsWith(".log"))
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = disk.bytes(second).clone();
            bytes[SegmentHeader.BYTES + 70] ^= 1;
            disk.put(second, bytes);

            LogReader reader = member.store.reader();
            long reached = Zxid.NONE;
            for (Records next = reader.read(reached, 500); next != null; next = reader.read(reached, 500)) {
                reached = next.lastZxid();
            }
            assertTrue(Zxid.counter(reached) > 0 && Zxid.counter(reached) < RECORDS);
            assertNull(member.fault());
        }
    }

    private MemberDisk filled() throws IOException {
        MemberDisk member = new MemberDisk(disk);
        member.write(1, 0, 20, 0);
        member.writeEach(1, 21, 80, 0);
        member.write(1, 81, RECORDS, Zxid.of(1, 80));
        return member;
    }

    /** Reads to the end and checks that nothing is missing; returns the last zxid. */
    private static long readOn(LogReader reader, long after, int maxBytes) {
        long last = after;
        for (long next = readStep(reader, last, maxBytes); next != last; next = readStep(reader, last, maxBytes)) {
            last = next;
        }
        return last;
    }

    private static long readStep(LogReader reader, long after, int maxBytes) {
        Records records = reader.read(after, maxBytes);
        assertNotNull(records, () -> "after " + Zxid.toString(after));
        assertEquals(after, records.prevZxid());
        assertTrue(records.count() <= 1 || records.lengthBytes() <= maxBytes);
        return records.lastZxid();
    }
}
