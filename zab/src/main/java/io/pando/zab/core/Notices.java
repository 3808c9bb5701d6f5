package io.pando.zab.core;

import io.pando.zab.message.Message.Notification;
import io.pando.zab.message.Message.State;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Vote;
import org.jspecify.annotations.Nullable;

/** How a server that is not looking presents itself to one that is. */
final class Notices {

    private Notices() {}

    static Notification leading(NodeState node, int epoch, boolean established) {
        return new Notification(
                State.LEADING,
                node.round,
                new Vote(node.history.last(), node.self()),
                node.self(),
                epoch,
                established,
                hint(node));
    }

    static Notification following(NodeState node, long leader, int epoch, boolean observing) {
        return new Notification(
                observing ? State.OBSERVING : State.FOLLOWING,
                node.round,
                new Vote(node.history.last(), leader),
                leader,
                epoch,
                false,
                hint(node));
    }

    /** The members as this server knows them, if the history has named any: who was away may know only older ones. */
    static @Nullable Membership hint(NodeState node) {
        Membership known = node.voters.committed();
        return known.version() == 0 ? null : known;
    }
}
