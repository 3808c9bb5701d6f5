package io.pando.client.call;

import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.Standing;
import io.pando.client.watch.WatchListener;
import io.pando.session.AddWatchMode;
import java.util.concurrent.CompletableFuture;

/**
 * Sets a watch that stays until it is closed, across connections and sessions. Servers before ZooKeeper 3.6 do not have such watches
 * and answer with an {@link io.pando.client.error.UnsupportedException}.
 */
public final class AddWatch extends Call<Handle> {
    private final AddWatchMode mode;
    private final WatchListener listener;

    public AddWatch(Caller caller, String path, AddWatchMode mode, WatchListener listener) {
        super(caller, "addWatch", Caller.checked(path));
        this.mode = mode;
        this.listener = listener;
    }

    @Override
    CompletableFuture<Handle> start() {
        Told told = new Told();
        Standing watch = new Standing(mode, caller().full(path()), told);
        return caller().keeper().subscribe(watch).thenApply(outcome -> {
            answer(outcome);
            return () -> {
                told.closed = true;
                caller().keeper().unsubscribe(watch);
            };
        });
    }

    /** Hands what the loop hears to the callback thread. */
    private final class Told implements WatchListener {
        private volatile boolean closed; // set by whoever closes the watch, read by the callback thread

        @Override
        public void onEvent(NodeEvent event) {
            tell(() -> listener.onEvent(caller().stripped(event)));
        }

        @Override
        public void onSuspended() {
            tell(listener::onSuspended);
        }

        @Override
        public void onClosed() {
            tell(listener::onClosed);
        }

        @Override
        public void onGap() {
            tell(listener::onGap);
        }

        private void tell(Runnable callback) {
            caller().callbacks().execute(AddWatch.this, () -> {
                if (!closed) {
                    callback.run();
                }
            });
        }
    }
}
