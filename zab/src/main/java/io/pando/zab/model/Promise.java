package io.pando.zab.model;

/**
 * What this server has promised to a leader, and what it may have acknowledged before its log was damaged.
 *
 * @param acceptedEpoch the highest epoch promised; nothing of a lower one is accepted any more
 * @param acceptedLeader the server it was promised to
 * @param floorZxid may have been acknowledged up to here although the log does not reach it; 0: nothing of the kind
 */
public record Promise(int acceptedEpoch, long acceptedLeader, long floorZxid, FloorReason floorReason) {

    public static final Promise NONE = new Promise(0, 0, Zxid.NONE, FloorReason.NONE);

    /** Why there is a floor. The codes are on disk: they never change. */
    public enum FloorReason {
        NONE(0),
        LOG_DAMAGED(1),
        LOSS_ACCEPTED(2);

        private final int code;

        FloorReason(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static FloorReason ofCode(int code) {
            for (FloorReason reason : values()) {
                if (reason.code == code) {
                    return reason;
                }
            }
            throw new IllegalArgumentException("No floor has reason " + code);
        }
    }

    public Promise withEpoch(int epoch, long leader) {
        if (Integer.compareUnsigned(epoch, acceptedEpoch) < 0) {
            throw new IllegalArgumentException("Promised epoch " + acceptedEpoch + " already, not " + epoch);
        }
        return new Promise(epoch, leader, floorZxid, floorReason);
    }

    public Promise withFloor(long zxid, FloorReason reason) {
        return new Promise(acceptedEpoch, acceptedLeader, zxid, reason);
    }
}
