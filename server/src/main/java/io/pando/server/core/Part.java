package io.pando.server.core;

import io.pando.zab.core.RoleView;
import org.jspecify.annotations.Nullable;

/**
 * This server's part in the ensemble: what the broadcast has told of it, and what was made of that. Between the two it is news. Core
 * thread.
 */
final class Part {
    private RoleView role = RoleView.looking();
    private boolean isNews;
    private boolean leaderLost;
    private @Nullable Leadership leadership;

    RoleView role() {
        return role;
    }

    /** What it leads with; null unless it leads and can commit. */
    @Nullable
    Leadership leadership() {
        return leadership;
    }

    /** The broadcast tells that it has another part from now on. */
    void changed(RoleView next) {
        // A leader that begins a new epoch goes on where it was, and so do those who follow it, with a vote or without.
        isNews |= !goesOn(next);
        role = next;
        leaderLost |= !next.active();
    }

    private boolean goesOn(RoleView next) {
        return role.active() && next.active() && next.leader() == role.leader();
    }

    /** What the leader was asked for may never be answered, whatever becomes of this server's part. */
    void doubtLeader() {
        leaderLost = true;
    }

    /**
     * Whether this is of the time when nobody could tell this server which clients have moved away from it. Else the leader does; and what a
     * client that has just moved to this server has asked for elsewhere may still come.
     */
    boolean catchesUp() {
        return !role.active() || isNews;
    }

    /** Whether it has changed since this was asked the last time. */
    boolean takeNews() {
        boolean news = isNews;
        isNews = false;
        return news;
    }

    /** Whether a leader, or this server's leadership, was lost since this was asked the last time. */
    boolean takeLoss() {
        boolean lost = leaderLost;
        leaderLost = false;
        return lost;
    }

    void begin(Leadership begun) {
        leadership = begun;
    }

    void endLeadership() {
        leadership = null;
    }
}
