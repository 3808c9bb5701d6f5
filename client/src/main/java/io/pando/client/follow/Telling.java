package io.pando.client.follow;

import io.pando.client.call.Caller;
import java.util.function.Consumer;

/** Hands what the event loop finds out to the callback thread, with the client's own paths. */
final class Telling implements Consumer<FollowEvent> {
    private final Caller caller;
    private final String path;
    private final Consumer<FollowEvent> listener;
    private volatile boolean ended; // set by whoever ends it, read by the callback thread

    Telling(Caller caller, String path, Consumer<FollowEvent> listener) {
        this.caller = caller;
        this.path = path;
        this.listener = listener;
    }

    void end() {
        ended = true;
    }

    @Override
    public void accept(FollowEvent event) {
        caller.callbacks().execute(this, () -> {
            if (!ended) {
                listener.accept(stripped(event));
            }
        });
    }

    private FollowEvent stripped(FollowEvent event) {
        if (event instanceof FollowEvent.Put put) {
            return new FollowEvent.Put(caller.stripped(put.path()), put.data(), put.stat(), put.step());
        }
        if (event instanceof FollowEvent.Removed removed) {
            return new FollowEvent.Removed(caller.stripped(removed.path()), removed.stat());
        }
        return event;
    }

    /** For the log. */
    @Override
    public String toString() {
        return "follow " + path;
    }
}
