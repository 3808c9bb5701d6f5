package io.pando.zab.sim;

import io.pando.zab.core.CoreConfig;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What kind of world a seed is: every rate and size is drawn, most of them over orders of magnitude, because bugs live where one of
 * them is extreme (design: simulation.md section 2).
 *
 * @param meanDelayNanos of a message
 * @param meanSyncNanos of a disk
 * @param resetEvery one of so many messages ends its link
 * @param clogEvery one of so many messages takes twenty times as long
 * @param faultEveryNanos mean time between two faults
 * @param writeEveryNanos mean time between two writes
 * @param storage that of production runs on every server; null: disks are what their contract says
 */
record Profile(
        int participants,
        int observers,
        boolean weighted,
        boolean genesisByQuorum,
        boolean wipes,
        boolean reconfigures,
        long meanDelayNanos,
        long meanSyncNanos,
        int resetEvery,
        int clogEvery,
        long faultEveryNanos,
        long writeEveryNanos,
        int payloadBytes,
        int lastCounter,
        CoreConfig.Limits limits,
        @Nullable Storage storage) {

    /**
     * Storage of production, in small.
     *
     * @param segmentBytes of a log file
     * @param faultEveryNanos mean time between two faults of disks
     * @param rots whether what was durable may be damaged
     */
    record Storage(int segmentBytes, int snapshotsKept, long faultEveryNanos, boolean rots) {}

    private static final int ONE_IN_STORED = 4;
    // A header, and some ten records: a script gets to the end of it.
    private static final int SCRIPT_SEGMENT_BYTES = 6 * 1024;
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;

    /** Three servers to which nothing happens but what a test does to them. */
    static Profile calm() {
        long second = 1_000 * MILLISECOND;
        return new Profile(
                3,
                0,
                false,
                false,
                false,
                false,
                MILLISECOND / 5,
                MILLISECOND / 5,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                second,
                second,
                8,
                CoreConfig.USUAL_LAST_COUNTER,
                CoreConfig.Limits.USUAL,
                null);
    }

    static Profile drawnFrom(RandomGenerator random) {
        boolean small = random.nextInt(3) == 0;
        long meanDelay = logUniform(random, 50 * MICROSECOND, 20 * MILLISECOND);
        long meanSync = logUniform(random, 50 * MICROSECOND, 30 * MILLISECOND);
        // Not both in one life: of two members, one that is added and one that is wiped are too many to lose.
        boolean wipes = random.nextInt(4) == 0;
        boolean reconfigures = !wipes && random.nextInt(3) == 0;
        boolean shortEpochs = random.nextInt(4) == 0;
        // Small windows and short epochs let a few records through per round trip: more than that would only pile up.
        long leastBetweenWrites = small || shortEpochs ? 2 * (meanDelay + meanSync) : 0;
        return new Profile(
                random.nextInt(3) == 0 ? 5 : 3,
                random.nextInt(4) == 0 ? 1 : 0,
                random.nextInt(8) == 0,
                random.nextInt(6) == 0,
                wipes,
                reconfigures,
                meanDelay,
                meanSync,
                (int) logUniform(random, 200, 20_000),
                (int) logUniform(random, 10, 2_000),
                logUniform(random, 30 * MILLISECOND, 1000 * MILLISECOND),
                Math.max(leastBetweenWrites, logUniform(random, MILLISECOND, 50 * MILLISECOND)),
                (int) logUniform(random, 8, 200),
                shortEpochs ? 3 + random.nextInt(30) : CoreConfig.USUAL_LAST_COUNTER,
                small
                        ? new CoreConfig.Limits(200, 300, 100)
                        : new CoreConfig.Limits(64 * 1024, random.nextBoolean() ? 0 : 16 * 1024, 8 * 1024),
                random.nextInt(ONE_IN_STORED) == 0 ? storage(random, !wipes && !reconfigures) : null);
    }

    private static Storage storage(RandomGenerator random, boolean mayRot) {
        return new Storage(
                (8 * 1024) << random.nextInt(3),
                1 + random.nextInt(3),
                logUniform(random, 100 * MILLISECOND, 3000 * MILLISECOND),
                mayRot && random.nextInt(3) != 0);
    }

    /** Nanoseconds: small windows let a few records through per round trip. */
    long leastBetweenWrites() {
        return limits.window() < 1000 ? 4 * (meanDelayNanos + meanSyncNanos) : meanDelayNanos / 4;
    }

    /** The same world, as far as a script leaves it to chance. */
    Profile in(Setting setting) {
        int tail = setting.tailBytes() == -1 ? (int) limits.tail() : setting.tailBytes();
        return new Profile(
                setting.participants(),
                setting.observers(),
                false,
                false,
                false,
                false,
                meanDelayNanos,
                setting.slowDisks() ? 40 * MILLISECOND : meanSyncNanos,
                setting.steady() ? Integer.MAX_VALUE : resetEvery,
                setting.steady() ? Integer.MAX_VALUE : clogEvery,
                faultEveryNanos,
                writeEveryNanos,
                payloadBytes,
                setting.lastCounter(),
                new CoreConfig.Limits(limits.window(), tail, limits.batch()),
                setting.storedDisks() ? new Storage(SCRIPT_SEGMENT_BYTES, 2, faultEveryNanos, false) : null);
    }

    /** The same world, simplified. */
    Profile with(Set<Simplification> simplified) {
        boolean steady = simplified.contains(Simplification.STEADY_LINKS);
        return new Profile(
                simplified.contains(Simplification.THREE_SERVERS) ? 3 : participants,
                simplified.contains(Simplification.NO_OBSERVERS) ? 0 : observers,
                weighted && !simplified.contains(Simplification.EQUAL_VOICES),
                genesisByQuorum,
                wipes,
                reconfigures,
                meanDelayNanos,
                meanSyncNanos,
                steady ? Integer.MAX_VALUE : resetEvery,
                steady ? Integer.MAX_VALUE : clogEvery,
                faultEveryNanos,
                writeEveryNanos,
                simplified.contains(Simplification.SMALL_RECORDS) ? 1 : payloadBytes,
                simplified.contains(Simplification.LONG_EPOCHS) ? CoreConfig.USUAL_LAST_COUNTER : lastCounter,
                simplified.contains(Simplification.WIDE_WINDOWS) ? CoreConfig.Limits.USUAL : limits,
                simplified.contains(Simplification.PLAIN_DISKS) ? null : storage);
    }

    private static long logUniform(RandomGenerator random, long low, long high) {
        return (long) (low * Math.pow((double) high / low, random.nextDouble()));
    }
}
