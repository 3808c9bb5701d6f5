package io.pando.client.call;

import io.pando.client.error.ClosedException;
import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.OneShot;
import java.util.concurrent.CompletableFuture;

/** A read that leaves a watch. */
final class WatchedRead<T> extends Call<Watched<T>> {
    private final Read<T> read;
    private final OneShot.Kind kind;

    WatchedRead(Read<T> read, OneShot.Kind kind) {
        super(read.caller(), read.operation(), read.path());
        this.read = read;
        this.kind = kind;
    }

    @Override
    CompletableFuture<Watched<T>> start() {
        CompletableFuture<NodeEvent> event = new CompletableFuture<>();
        OneShot watch = new OneShot(
                kind,
                caller().full(path()),
                seen -> tell(() -> event.complete(caller().stripped(seen))),
                () -> tell(() -> event.completeExceptionally(new ClosedException("watch", path()))));
        event.whenComplete((seen, failure) -> {
            if (event.isCancelled()) {
                caller().keeper().forget(watch);
            }
        });
        return caller().send(read.ask(watch)).thenApply(outcome -> new Watched<>(read.value(outcome), event));
    }

    private void tell(Runnable callback) {
        caller().callbacks().execute("the watch on " + path(), callback);
    }
}
