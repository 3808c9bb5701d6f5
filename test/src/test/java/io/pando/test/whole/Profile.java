package io.pando.test.whole;

import io.pando.zab.core.CoreConfig;
import java.util.random.RandomGenerator;

/**
 * What kind of world a seed is: most rates and sizes are drawn over orders of magnitude, because bugs live where one of them is extreme.
 *
 * @param meanDelayNanos of what is under way between servers, and between clients and servers
 * @param meanSyncNanos of a disk
 * @param meanTurnNanos until a thread that was woken runs
 * @param faultEveryNanos mean time between two faults
 * @param thinkNanos mean time between two requests of a client
 * @param window requests that a client has open at most
 * @param sessionMs the timeout that clients wish for
 * @param inlineSync whether cores write short batches by themselves
 * @param bendsTree whether one server once reads something else than its snapshot holds
 * @param storageFaultEveryNanos mean time between two faults of disks that last; much longer than a run if there are to be none
 * @param clientsOnCore whether clients are served on the core's own event loop
 * @param bounds of what servers take in at a time
 * @param rotEveryNanos mean time between two damages to what disks have kept; much longer than a run if there are to be none
 * @param hasReaders whether a client is content to read, and a server is cut off for so long that it serves it alone
 * @param hasSecrets whether clients prove who they are, and keep some znodes from others
 */
record Profile(
        int participants,
        int observers,
        int clients,
        long meanDelayNanos,
        long meanSyncNanos,
        long meanTurnNanos,
        long faultEveryNanos,
        long thinkNanos,
        int window,
        int sessionMs,
        boolean inlineSync,
        boolean readOnlyMode,
        boolean bendsTree,
        int segmentBytes,
        int snapshotEveryTxns,
        int lastCounter,
        CoreConfig.Limits limits,
        long storageFaultEveryNanos,
        boolean clientsOnCore,
        Bounds bounds,
        long rotEveryNanos,
        boolean hasReaders,
        boolean hasSecrets) {
    static final long NEVER = 3_600_000_000_000L;
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;

    /**
     * What servers take in at a time.
     *
     * @param ringPlaces of the core's events
     * @param unanswered requests under way, of all connections of a server, above which one that has some is not read
     * @param messages of other servers that wait for the core
     */
    record Bounds(int ringPlaces, int unanswered, int messages) {
        private static final Bounds USUAL = new Bounds(16 * 1024, 1000, 4096);

        private Bounds withFewEvents(RandomGenerator random) {
            return new Bounds(2 + random.nextInt(6), 1 + random.nextInt(3), messages);
        }

        private Bounds withFewMessages(RandomGenerator random) {
            return new Bounds(ringPlaces, unanswered, 1 + random.nextInt(8));
        }
    }

    static Profile drawnFrom(RandomGenerator random) {
        long meanDelay = logUniform(random, 50 * MICROSECOND, 10 * MILLISECOND);
        long meanSync = logUniform(random, 50 * MICROSECOND, 10 * MILLISECOND);
        boolean shortEpochs = random.nextInt(4) == 0;
        Profile usual = new Profile(
                random.nextInt(4) == 0 ? 5 : 3,
                random.nextInt(5) == 0 ? 1 : 0,
                2 + random.nextInt(4),
                meanDelay,
                meanSync,
                logUniform(random, 5 * MICROSECOND, 500 * MICROSECOND),
                logUniform(random, 60 * MILLISECOND, 800 * MILLISECOND),
                logUniform(random, 10 * MILLISECOND, 80 * MILLISECOND),
                1 + random.nextInt(6),
                random.nextInt(3) == 0 ? 1000 : 2000,
                random.nextBoolean(),
                random.nextInt(4) == 0,
                random.nextInt(3) == 0,
                (8 * 1024) << random.nextInt(3),
                5 + random.nextInt(100),
                shortEpochs ? 5 + random.nextInt(60) : CoreConfig.USUAL_LAST_COUNTER,
                new CoreConfig.Limits(64 * 1024, random.nextInt(3) == 0 ? 0 : 1 << (9 + random.nextInt(6)), 8 * 1024),
                random.nextInt(3) == 0 ? logUniform(random, 150 * MILLISECOND, 1500 * MILLISECOND) : NEVER,
                random.nextBoolean(),
                Bounds.USUAL,
                NEVER,
                false,
                false);
        return random.nextInt(6) < 4 ? usual : usual.withSpecialities(random);
    }

    /** What came later, and is drawn last: two thirds of the seeds do without, and tell the story that they always told. */
    private Profile withSpecialities(RandomGenerator random) {
        boolean disksAreSafe = storageFaultEveryNanos == NEVER && !bendsTree;
        boolean hasReaders = random.nextInt(3) == 0;
        Bounds ofClients = random.nextBoolean() ? bounds.withFewEvents(random) : bounds;
        // Whoever loses data in another way as well would be one too many.
        long rotEvery = random.nextBoolean() && disksAreSafe
                ? logUniform(random, 200 * MILLISECOND, 1500 * MILLISECOND)
                : NEVER;
        boolean secrets = random.nextBoolean();
        Bounds ofServers = random.nextBoolean() ? ofClients.withFewMessages(random) : ofClients;
        return new Profile(
                participants,
                observers,
                clients,
                meanDelayNanos,
                meanSyncNanos,
                meanTurnNanos,
                // A server that is cut off must not be stopped as well before it serves anybody.
                hasReaders ? Math.max(faultEveryNanos, 1000 * MILLISECOND) : faultEveryNanos,
                thinkNanos,
                window,
                sessionMs,
                inlineSync,
                readOnlyMode || hasReaders,
                bendsTree,
                segmentBytes,
                snapshotEveryTxns,
                lastCounter,
                limits,
                storageFaultEveryNanos,
                clientsOnCore,
                ofServers,
                rotEvery,
                hasReaders,
                secrets);
    }

    /** For how long things go wrong. */
    long stormNanos() {
        return (hasReaders ? 5000 : 3000) * MILLISECOND;
    }

    /** Three servers and one client in a hurry, and nothing goes wrong by chance: for scripts. */
    static Profile calm(int sessionMs) {
        return new Profile(
                3,
                0,
                1,
                MILLISECOND / 5,
                MILLISECOND / 5,
                MILLISECOND / 20,
                NEVER,
                2 * MILLISECOND,
                4,
                sessionMs,
                true,
                false,
                false,
                64 * 1024,
                10_000,
                CoreConfig.USUAL_LAST_COUNTER,
                new CoreConfig.Limits(64 * 1024, 0, 8 * 1024),
                NEVER,
                false,
                Bounds.USUAL,
                NEVER,
                false,
                false);
    }

    private static long logUniform(RandomGenerator random, long low, long high) {
        return (long) (low * Math.pow((double) high / low, random.nextDouble()));
    }
}
