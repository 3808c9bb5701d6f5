package io.pando.client.follow;

import io.pando.client.call.Caller;
import io.pando.client.watch.Handle;
import java.util.function.Consumer;

/**
 * Describes what is to be followed: a znode and everything below it, unless it is said otherwise. The znode need not exist. Servers
 * before ZooKeeper 3.6 have no watches that this could be built on; there the only event is {@link FollowEvent.Ended}.
 */
public final class Follow {
    private final Caller caller;
    private final String path;
    private boolean subtree = true;

    public Follow(Caller caller, String path) {
        this.caller = caller;
        this.path = Caller.checked(path);
    }

    /** Follows the znode without what is below it. */
    public Follow onlyItself() {
        this.subtree = false;
        return this;
    }

    /**
     * Begins. First everything that is there is told, then {@link FollowEvent.InSync}, then what changes.
     *
     * @param listener called on the client's callback thread, one event after another
     * @return ends it
     */
    public Handle start(Consumer<FollowEvent> listener) {
        Telling telling = new Telling(caller, path, listener);
        Follower follower = new Follower(caller, caller.full(path), subtree, telling);
        caller.keeper().onLoop(follower::start);
        return () -> {
            telling.end();
            caller.keeper().onLoop(follower::stop);
        };
    }
}
