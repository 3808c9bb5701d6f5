package io.pando.zab.core;

import java.util.Set;
import java.util.TreeSet;

/** Whether a follower still has a leader: how long that one has been silent, and what the others make of it. */
final class LeaderWatch {
    // This many heartbeats without a word, and others who look for a leader, make a follower look, too.
    private static final int DOUBTFUL_HEARTBEATS = 3;

    private final NodeState node;
    private final Set<Long> othersLooking = new TreeSet<>();
    private long heardAt;

    LeaderWatch(NodeState node) {
        this.node = node;
    }

    /** The leader has said something, or could not be expected to before. */
    void heard() {
        heardAt = node.awakeNanos;
    }

    /** For how long this server has heard nothing of its leader, and could have. */
    private long silence() {
        return node.awakeNanos - heardAt;
    }

    /** Whether the leader has been silent for so long that it is given up. */
    boolean isOver() {
        return silence() >= node.config.timing().follower();
    }

    /** When it is, if nothing is heard until then. */
    long endsNanos() {
        return node.nowNanos + node.config.timing().follower() - silence();
    }

    /** Another server looks for a leader, or does not any more. */
    void looking(long id, boolean looks) {
        if (looks) {
            othersLooking.add(id);
        } else {
            othersLooking.remove(id);
        }
    }

    /** A leader that nobody hears any more is given up before the timeout. */
    boolean isGivenUpByOthers() {
        return silence() >= DOUBTFUL_HEARTBEATS * node.config.timing().heartbeat()
                && node.voters.isQuorum(id -> id == node.self() || othersLooking.contains(id));
    }
}
