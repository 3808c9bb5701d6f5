package io.pando.client.call;

import io.pando.client.connection.Ask;
import io.pando.client.connection.Outcome;
import io.pando.client.watch.OneShot;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes nothing. When the connection is lost it is asked again on the next one, until it is answered or the request
 * timeout has passed. What is read is never older than anything this client has seen.
 *
 * @param <T> the result
 */
public abstract class Read<T> extends Call<T> {
    private boolean linearizable;

    Read(Caller caller, String operation, String path) {
        super(caller, operation, path);
    }

    /**
     * Reads what is at least as new as everything that any client had been told before this call, and not just what this client's
     * server has heard of. A sync goes ahead on the same connection; a Pando server confirms with a quorum before it answers it, a
     * ZooKeeper server does not, so that there a leader that is deposed and has not noticed may still answer with old data.
     */
    public Read<T> linearizable() {
        linearizable = true;
        return this;
    }

    abstract Request request(String fullPath, boolean watch);

    abstract T value(Outcome outcome);

    @Override
    CompletableFuture<T> start() {
        return caller().send(ask(null)).thenApply(this::value);
    }

    final Ask ask(@Nullable OneShot watch) {
        String full = caller().full(path());
        Ask ask = Ask.of(request(full, watch != null));
        if (watch != null) {
            ask.watching(watch);
        }
        return linearizable ? ask.behindSync(full) : ask;
    }

    final <R extends Reply> R reply(Outcome outcome, Class<R> kind) {
        return answer(outcome).reply(kind);
    }
}
