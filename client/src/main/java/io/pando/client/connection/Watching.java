package io.pando.client.connection;

import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.OneShot;
import io.pando.client.watch.Standing;
import io.pando.client.watch.Watches;
import io.pando.datatree.ErrorCode;
import io.pando.session.AddWatchMode;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.session.WatcherType;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The watches of a client as its servers have to know them: asks for them to be set, set again, and removed. Confined to the event loop. */
final class Watching {
    private final Watches watches = new Watches();
    private final Consumer<Ask> ask;

    /**
     * No watches.
     *
     * @param ask sends a request, or settles it at once when the client is closed
     */
    Watching(Consumer<Ask> ask) {
        this.ask = ask;
    }

    CompletableFuture<Outcome> subscribe(Standing watch) {
        // It is kept before a server has answered, so that an event that comes with the answer finds it.
        watches.add(watch);
        Ask request = Ask.of(new WatchRequest.AddWatch(watch.path(), watch.mode()));
        ask.accept(request);
        return request.outcome().thenApply(outcome -> {
            if (outcome instanceof Outcome.Answered answered && answered.err() == 0) {
                watch.establish();
            } else {
                watches.remove(watch);
            }
            return outcome;
        });
    }

    void unsubscribe(Standing watch, boolean atServer) {
        if (watches.remove(watch) && atServer) {
            boolean persistent = watch.mode() == AddWatchMode.PERSISTENT;
            removeAtServer(watch.path(), persistent ? WatcherType.PERSISTENT : WatcherType.PERSISTENT_RECURSIVE);
        }
    }

    void forget(OneShot watch, boolean atServer) {
        for (WatcherType type : watches.remove(watch)) {
            if (atServer) {
                removeAtServer(watch.path(), type);
            }
        }
    }

    private void removeAtServer(String path, WatcherType type) {
        Ask request = Ask.of(new WatchRequest.RemoveWatches(path, type));
        ask.accept(request);
        request.outcome().thenAccept(outcome -> {
            // Servers before 3.9 do not know the types of persistent watches; what they keep is not told to anybody.
            boolean unknownType = outcome instanceof Outcome.Answered answered
                    && answered.err() == ErrorCode.MARSHALLING_ERROR.code();
            if (unknownType && type != WatcherType.ANY && !watches.hasAny(path)) {
                removeAtServer(path, WatcherType.ANY);
            }
        });
    }

    /** A request was answered that wished for a watch; whether the server has set it depends on the answer. */
    void answered(OneShot watch, int err) {
        boolean absent = err == ErrorCode.NO_NODE.code();
        if (err == 0 || (absent && watch.kind() == OneShot.Kind.EXISTS)) {
            watches.add(watch, absent);
        }
    }

    void connected(Link link, long lastZxid) {
        watches.setAgain(lastZxid, link::setWatches);
    }

    void event(WatchEvent event, long zxid) {
        watches.tell(new NodeEvent(event.type(), event.path(), zxid));
    }

    void tellGap() {
        watches.tellGap();
    }

    void tellSuspended() {
        watches.tellSuspended();
    }

    void end() {
        watches.end();
    }
}
