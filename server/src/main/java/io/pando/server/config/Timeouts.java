package io.pando.server.config;

import io.pando.zab.core.CoreConfig.Timing;
import java.util.concurrent.TimeUnit;

/**
 * How long servers wait for one another: as long as suits a local network, or as ZooKeeper's {@code initLimit} and {@code syncLimit} allow if
 * that is less (design: zab.md section 12).
 */
final class Timeouts {
    /** With less, a pause for garbage collection would cost the leader its office. */
    static final int LEAST_MS = 200;

    private Timeouts() {}

    static Timing of(Settings settings) {
        long tickMs = settings.get(ActiveKeys.TICK_TIME);
        return of(tickMs * settings.get(ActiveKeys.INIT_LIMIT), tickMs * settings.get(ActiveKeys.SYNC_LIMIT));
    }

    private static Timing of(long toConnectMs, long toLagMs) {
        Timing usual = Timing.LAN;
        long follower = bounded(usual.follower(), toLagMs);
        return new Timing(
                usual.heartbeat() * follower / usual.follower(),
                follower,
                bounded(usual.quorum(), toLagMs),
                bounded(usual.discovery(), toConnectMs),
                usual.finalizeWait(),
                usual.resend(),
                usual.resendMost(),
                usual.joinRetry(),
                usual.handover(),
                usual.diskStall(),
                usual.renewal());
    }

    private static long bounded(long usualNanos, long limitMs) {
        return Math.min(usualNanos, TimeUnit.MILLISECONDS.toNanos(Math.max(LEAST_MS, limitMs)));
    }
}
