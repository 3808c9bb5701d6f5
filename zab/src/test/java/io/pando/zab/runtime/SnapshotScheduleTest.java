package io.pando.zab.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotScheduleTest {
    private static final int EVERY_TXNS = 1000;
    private static final long EVERY_BYTES = 1_000_000;
    private static final long BYTES_EACH = 500;
    private static final long MIB = 1 << 20;
    private static final long NOW = Long.MAX_VALUE - 1; // where a clock may well be, and is about to turn over
    private static final long SECOND = 1_000_000_000;

    @Test
    void a_snapshot_is_due_after_half_to_all_of_the_transactions_configured() {
        var schedule = schedule(1);

        var distances = IntStream.range(0, 500).map(i -> txnsUntilDue(schedule)).summaryStatistics();

        assertTrue(distances.getMin() >= EVERY_TXNS / 2, distances::toString);
        assertTrue(distances.getMin() < EVERY_TXNS * 6 / 10, distances::toString);
        assertTrue(distances.getMax() > EVERY_TXNS * 9 / 10, distances::toString);
        assertTrue(distances.getMax() <= EVERY_TXNS, distances::toString);
    }

    @Test
    void servers_with_the_same_configuration_take_theirs_at_different_times() {
        assertNotEquals(txnsUntilDue(schedule(1)), txnsUntilDue(schedule(2)));
    }

    @Test
    void much_log_makes_a_snapshot_due_however_few_the_transactions() {
        var schedule = schedule(1);

        schedule.count(1, EVERY_BYTES / 2 - 1);
        assertFalse(schedule.isDue(NOW));
        schedule.count(1, EVERY_BYTES / 2 + 1);
        assertTrue(schedule.isDue(NOW));
        schedule.restart();
        assertFalse(schedule.isDue(NOW));
    }

    @Test
    void after_a_long_snapshot_many_transactions_wait_until_there_is_half_to_all_as_much_log() {
        long lastLength = EVERY_BYTES / 4;

        var log = IntStream.range(0, 500)
                .mapToLong(seed -> bytesUntilDue(schedule(seed, lastLength)))
                .summaryStatistics();

        assertTrue(log.getMin() >= lastLength / 2, log::toString);
        assertTrue(log.getMin() < lastLength * 6 / 10, log::toString);
        assertTrue(log.getMax() > lastLength * 9 / 10, log::toString);
        assertTrue(log.getMax() <= lastLength + BYTES_EACH, log::toString);
    }

    @Test
    void however_long_the_last_snapshot_so_much_log_is_enough() {
        var schedule = schedule(1, 100 * EVERY_BYTES);

        schedule.count(EVERY_TXNS, EVERY_BYTES);

        assertTrue(schedule.isDue(NOW));
    }

    @Test
    void a_server_that_stops_takes_one_when_much_would_be_replayed_unless_it_took_long() {
        assertFalse(isWorthTheStop(3 * MIB, 0));
        assertTrue(isWorthTheStop(5 * MIB, 0));
        assertTrue(isWorthTheStop(5 * MIB, 49 * MIB));
        assertFalse(isWorthTheStop(5 * MIB, 51 * MIB), "it would save too little");
        assertTrue(isWorthTheStop(500 * MIB, 500 * MIB));
        assertFalse(isWorthTheStop(500 * MIB, 600 * MIB), "nobody waits for that");
        assertFalse(isWorthTheStop(600 * MIB, 0), "nobody waits for that");
    }

    @Test
    void while_hardly_anything_is_written_one_is_taken_if_much_would_be_replayed() {
        assertFalse(isDueInALull(3 * MIB, 0));
        assertTrue(isDueInALull(5 * MIB, 0));
        assertTrue(isDueInALull(5 * MIB, 49 * MIB));
        assertFalse(isDueInALull(5 * MIB, 51 * MIB), "it would save too little");
        assertTrue(isDueInALull(600 * MIB, 0), "nobody waits for it");
    }

    private static boolean isDueInALull(long logBytes, long lastLength) {
        var schedule = unhurried(1, lastLength);
        schedule.count(1, logBytes);
        assertFalse(schedule.isDue(NOW));
        assertFalse(schedule.isDue(after(5 * SECOND - 1)));
        boolean isDue = schedule.isDue(after(10 * SECOND));
        schedule.restart();
        assertFalse(schedule.isDue(after(20 * SECOND)));
        return isDue;
    }

    @Test
    void servers_with_the_same_configuration_notice_a_lull_at_different_times() {
        var pauses = IntStream.range(0, 500)
                .mapToLong(seed -> secondsUntilDue(unhurried(seed, 0)))
                .summaryStatistics();

        assertTrue(pauses.getMin() > 5, pauses::toString);
        assertTrue(pauses.getMin() <= 6, pauses::toString);
        assertTrue(pauses.getMax() > 9, pauses::toString);
        assertTrue(pauses.getMax() <= 10, pauses::toString);
    }

    private static long secondsUntilDue(SnapshotSchedule schedule) {
        schedule.count(1, 5 * MIB);
        long seconds = 0;
        while (!schedule.isDue(after(seconds * SECOND))) {
            seconds++;
        }
        return seconds;
    }

    @Test
    void who_writes_little_all_the_time_does_not_keep_a_lull_from_being_noticed() {
        assertTrue(isDueAtPace(MIB / 300));
        assertFalse(isDueAtPace(MIB / 10));
    }

    private static boolean isDueAtPace(long bytesPerSecond) {
        var schedule = unhurried(1, 50 * MIB);
        schedule.count(1, 6 * MIB);
        for (int second = 0; second < 20; second++) {
            if (schedule.isDue(after(second * SECOND))) {
                return true;
            }
            schedule.count(1, bytesPerSecond);
        }
        return false;
    }

    private static long after(long nanos) {
        return NOW + nanos;
    }

    private static boolean isWorthTheStop(long logBytes, long lastLength) {
        var schedule = schedule(1, lastLength);
        schedule.count(1, logBytes);
        return schedule.isWorthTheStop();
    }

    private static long bytesUntilDue(SnapshotSchedule schedule) {
        long bytes = 0;
        while (!schedule.isDue(NOW)) {
            schedule.count(EVERY_TXNS, BYTES_EACH);
            bytes += BYTES_EACH;
        }
        return bytes;
    }

    private static SnapshotSchedule schedule(long seed) {
        return schedule(seed, 0);
    }

    private static SnapshotSchedule schedule(long seed, long lastLength) {
        return new SnapshotSchedule(EVERY_TXNS, 100, EVERY_BYTES, () -> lastLength, new SplittableRandom(seed));
    }

    /** One for which neither many transactions nor much log make a snapshot due. */
    private static SnapshotSchedule unhurried(long seed, long lastLength) {
        return new SnapshotSchedule(
                Integer.MAX_VALUE, 100, Long.MAX_VALUE, () -> lastLength, new SplittableRandom(seed));
    }

    private static int txnsUntilDue(SnapshotSchedule schedule) {
        schedule.restart();
        int txns = 0;
        while (!schedule.isDue(NOW)) {
            schedule.count(1, 1);
            txns++;
        }
        return txns;
    }
}
