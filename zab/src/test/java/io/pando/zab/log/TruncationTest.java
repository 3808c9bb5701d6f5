package io.pando.zab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.LogWriter.Position;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log that is cut, goes on differently, and is found again (ZOOKEEPER-1489: what followed a truncation was unreadable). */
class TruncationTest {
    private static final int OLD = 60;
    private static final int NEW = 12;

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void a_log_may_be_cut_after_any_record_and_goes_on_there() throws IOException {
        for (int keep = 0; keep <= OLD; keep++) {
            SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(keep));
            try (MemberDisk member = new MemberDisk(disk)) {
                writeOld(member);
                member.truncate(1, Zxid.of(1, keep));
                assertEquals(new Position(1, Zxid.of(1, keep)), member.writer.durable());
                member.writeEach(2, 0, NEW, Zxid.of(1, keep));
                assertEquals(new Position(1, Zxid.of(2, NEW)), member.writer.durable());
            }
            try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
                assertEquals(expected(keep, NEW), member.recovered());
                assertEquals(new EpochTable(List.of(Zxid.of(1, keep))), member.history.epochs());
            }
        }
    }

    @Test
    void everything_may_be_cut() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        try (MemberDisk member = new MemberDisk(disk)) {
            writeOld(member);
            member.truncate(1, Zxid.NONE);
        }
        SimulatedDisk found = disk.afterCrash();
        try (MemberDisk member = new MemberDisk(found)) {
            assertEquals(List.of(), member.recovered());
            assertEquals(Zxid.NONE, member.history.lastZxid());
            member.writeEach(3, 0, 5, 0);
        }
        try (MemberDisk member = new MemberDisk(found.afterCrash())) {
            assertEquals(Zxid.of(3, 5), member.history.lastZxid());
        }
    }

    @Test
    void truncations_queue_up_with_what_is_appended() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        try (MemberDisk member = new MemberDisk(disk)) {
            writeOld(member);
            member.writer.truncate(1, Zxid.of(1, 30));
            member.writer.append(MemberDisk.records(Zxid.of(1, 30), 2, 0, 3), 0);
            member.writer.truncate(2, Zxid.of(2, 1));
            member.writer.truncate(3, Zxid.of(1, 20));
            member.writer.append(MemberDisk.records(Zxid.of(1, 20), 3, 0, 2), 0);
            member.writer.writeNow();
            assertEquals(new Position(3, Zxid.of(3, 2)), member.writer.durable());
        }
        try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
            List<Long> all = old(20);
            all.add(Zxid.of(3, 1));
            all.add(Zxid.of(3, 2));
            assertEquals(all, member.recovered());
        }
    }

    @Test
    void taking_back_waits_for_no_disk_however_much_is_on_its_way() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
        try (MemberDisk member = new MemberDisk(disk)) {
            writeOld(member);
            int operations = disk.operations();
            for (int counter = OLD + 1; counter <= OLD + 40; counter++) {
                member.writer.append(MemberDisk.records(Zxid.of(1, counter - 1), 1, counter, counter), 0);
                member.writer.submit(false);
            }

            member.writer.truncate(1, Zxid.of(1, 50));

            assertEquals(operations, disk.operations());
            member.writer.append(MemberDisk.records(Zxid.of(1, 50), 2, 0, 3), 0);
            member.writer.writeNow();
            assertEquals(new Position(1, Zxid.of(2, 3)), member.writer.durable());
        }
        try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
            assertEquals(expected(50, 3), member.recovered());
        }
    }

    @Test
    void whatever_is_appended_taken_back_and_written_in_between_the_log_is_what_is_left() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedDisk disk = new SimulatedDisk(random.split());
            List<Long> log = new ArrayList<>(List.of(Zxid.NONE));
            int generation = 0;
            try (MemberDisk member = new MemberDisk(disk)) {
                for (int step = 1; step <= 60; step++) {
                    switch (random.nextInt(7)) {
                        case 0 -> {
                            log.subList(1 + random.nextInt(log.size()), log.size())
                                    .clear();
                            member.writer.truncate(++generation, log.getLast());
                        }
                        case 1 -> member.writer.writeGroup();
                        case 2, 3 -> member.writer.submit(false);
                        default -> {
                            int last = random.nextInt(6);
                            member.writer.append(MemberDisk.records(log.getLast(), step, 0, last), 0);
                            for (int counter = 0; counter <= last; counter++) {
                                log.add(Zxid.of(step, counter));
                            }
                        }
                    }
                }
                member.writer.writeNow();
                assertEquals(new Position(generation, log.getLast()), member.writer.durable(), "seed " + seed);
            }
            log.removeIf(zxid -> Zxid.counter(zxid) == 0); // markers, and what is before the first
            try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
                assertEquals(log, member.recovered(), "seed " + seed);
            }
        }
    }

    @Test
    void the_power_may_fail_at_any_operation() throws IOException {
        for (int keep : new int[] {5, 31, 47, 60}) {
            boolean reached = true;
            for (int operation = 0; reached; operation++) {
                reached = survives(keep, operation, true);
            }
        }
    }

    @Test
    void any_operation_may_fail_and_is_reported() throws IOException {
        for (int keep : new int[] {5, 31, 47}) {
            boolean reached = true;
            for (int operation = 0; reached; operation++) {
                reached = survives(keep, operation, false);
            }
        }
    }

    /** Its zxids are lower than what is committed instead of it. */
    @Test
    void what_is_taken_back_never_passes_for_committed_however_late_it_is_written() throws IOException {
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(operation));
            try (MemberDisk member = new MemberDisk(disk)) {
                writeOld(member);
                member.writer.append(MemberDisk.records(Zxid.of(1, OLD), 1, OLD + 1, OLD + 3), 0);
                disk.crashAt(disk.operations() + operation);
                member.writer.truncate(1, Zxid.of(1, 40));
                member.writer.append(MemberDisk.records(Zxid.of(1, 40), 2, 0, 3), Zxid.of(2, 3));
                member.writer.committed(Zxid.of(2, 3));
                member.writer.writeNow();
            } catch (IOException closing) {
                // Closing finds the disk as dead as the writer did.
            }
            reached = disk.failed() != null;
            String circumstances = "operation " + operation + " " + disk.failed();
            try (MemberDisk member = new MemberDisk(disk.afterCrash())) {
                assertTrue(
                        member.delivered().keySet().stream()
                                .noneMatch(zxid -> Zxid.epoch(zxid) == 1 && Zxid.counter(zxid) > 40),
                        circumstances);
            }
        }
    }

    private static boolean survives(int keep, int operation, boolean crash) throws IOException {
        String circumstances = "cut after " + keep + ", operation " + operation;
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(operation * 31L + keep));
        Position durable = new Position(0, Zxid.NONE);
        boolean reported = false;
        boolean reached = false;
        try (MemberDisk member = new MemberDisk(disk)) {
            writeOld(member);
            int first = disk.operations() + operation;
            if (crash) {
                disk.crashAt(first);
            } else {
                disk.failAt(first);
            }
            member.truncate(1, Zxid.of(1, keep));
            member.writeEach(2, 0, NEW, Zxid.of(1, keep));
            durable = member.writer.durable();
            reported = member.fault() != null;
            reached = disk.failed() != null;
        } catch (IOException closing) {
            // Closing finds the disk as dead as the writer did, or is what fails.
        }
        if (!reached) {
            return false;
        }
        assertTrue(reported, () -> circumstances + ": " + disk.failed());
        check(crash ? disk.afterCrash() : disk.afterExit(), keep, durable, circumstances + " " + disk.failed());
        return true;
    }

    private static void check(SimulatedDisk disk, int keep, Position durable, String circumstances) throws IOException {
        try (MemberDisk member = new MemberDisk(disk)) {
            List<Long> found = member.recovered();
            assertEquals(Zxid.NONE, member.store.promise().floorZxid(), circumstances);
            if (durable.generation() == 0) {
                // Not reported: the old records, some of those to be cut perhaps gone already; or the cut just made it.
                List<Long> oldOnly =
                        found.stream().filter(zxid -> Zxid.epoch(zxid) == 1).toList();
                assertTrue(oldOnly.size() >= keep, circumstances);
                assertEquals(old(oldOnly.size()), found, circumstances);
            } else {
                int written = Zxid.epoch(durable.zxid()) == 2 ? Zxid.counter(durable.zxid()) : 0;
                assertTrue(found.size() >= keep + written, circumstances);
                assertEquals(expected(keep, found.size() - keep), found, circumstances);
            }
        }
    }

    private static void writeOld(MemberDisk member) {
        member.write(1, 0, 7, 0);
        member.writeEach(1, 8, 30, 0);
        member.write(1, 31, 45, 0);
        member.write(1, 46, OLD, 0);
    }

    private static List<Long> old(int count) {
        List<Long> zxids = new ArrayList<>();
        for (int counter = 1; counter <= count; counter++) {
            zxids.add(Zxid.of(1, counter));
        }
        return zxids;
    }

    private static List<Long> expected(int keep, int written) {
        List<Long> zxids = old(keep);
        for (int counter = 1; counter <= written; counter++) {
            zxids.add(Zxid.of(2, counter));
        }
        return zxids;
    }
}
