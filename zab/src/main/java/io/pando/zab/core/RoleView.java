package io.pando.zab.core;

/**
 * What a server is in the ensemble, for its state machine and for those who look at it.
 *
 * @param leader its id; -1 while there is none
 * @param epoch of the leader; 0 while there is none
 * @param active a leader that can commit, or a learner that may serve clients
 */
public record RoleView(Kind kind, long leader, int epoch, boolean active) {

    /** The roles of zab.md section 4. */
    public enum Kind {
        LOOKING,
        LEADING,
        FOLLOWING,
        OBSERVING
    }

    /** Of a server without a leader. */
    public static RoleView looking() {
        return new RoleView(Kind.LOOKING, -1, 0, false);
    }

    public boolean isLeading() {
        return kind == Kind.LEADING;
    }
}
