package io.pando.zab.core;

import io.pando.zab.model.Membership;
import java.time.Duration;
import java.util.UUID;

/**
 * What a {@link ZabCore} is told at its birth.
 *
 * @param serverId {@code myid}
 * @param dataId this server's data directory: its promises are only as good as that
 * @param initial the members as configured, in force until the history names others; version 0
 * @param genesisByQuorum lets an ensemble begin its life before all participants are there
 * @param limits how much may be held or be under way
 * @param timing how long to wait for what
 * @param lastCounter an epoch ends with this counter
 */
public record CoreConfig(
        long serverId,
        UUID dataId,
        Membership initial,
        boolean genesisByQuorum,
        Limits limits,
        Timing timing,
        int lastCounter) {

    /** Far enough from the end that the proposals under way still find a number; section 4.6. */
    public static final int USUAL_LAST_COUNTER = 0xFFFF_0000;

    /**
     * Bytes.
     *
     * @param window sent to a learner and not yet acknowledged
     * @param tail of memory for the newest part of the history, which learners are fed from
     * @param batch of records in one message
     */
    public record Limits(int window, long tail, int batch) {
        private static final int MIB = 1024 * 1024;

        public static final Limits USUAL = new Limits(8 * MIB, 64L * MIB, MIB);

        public Limits withTail(long bytes) {
            return new Limits(window, bytes, batch);
        }
    }

    /**
     * Nanoseconds (design: zab.md section 12).
     *
     * @param heartbeat how often a learner hears from its leader at least
     * @param follower a learner gives up a leader that was silent for so long
     * @param quorum a leader gives up when no quorum was heard for so long
     * @param discovery how long a leader and its learners try to find together
     * @param finalizeWait how long a vote that a quorum shares waits for a better one
     * @param resend from this, doubling up to {@code resendMost}, notifications are sent again
     * @param joinRetry from this, doubling, a learner asks again a leader that does not lead yet
     * @param handover how long a leader waits for its successor to have everything
     * @param diskStall a leader whose own disk does nothing for so long resigns
     * @param renewal least time between two epochs that one leader begins
     */
    public record Timing(
            long heartbeat,
            long follower,
            long quorum,
            long discovery,
            long finalizeWait,
            long resend,
            long resendMost,
            long joinRetry,
            long handover,
            long diskStall,
            long renewal) {

        public static final Timing LAN = new Timing(
                ms(100), ms(600), ms(600), ms(1000), ms(30), ms(50), ms(1000), ms(10), ms(200), ms(5000), ms(1000));

        private static long ms(long count) {
            return Duration.ofMillis(count).toNanos();
        }
    }
}
