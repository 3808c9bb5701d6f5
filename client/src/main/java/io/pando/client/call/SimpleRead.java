package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.function.Function;

/** A read that has nothing to be said about it but its path. */
final class SimpleRead<R extends Reply, T> extends Read<T> {
    private final Function<String, Request> request;
    private final Class<R> kind;
    private final Function<R, T> value;

    /** @param request made of the server's path */
    SimpleRead(
            Caller caller,
            String operation,
            String path,
            Function<String, Request> request,
            Class<R> kind,
            Function<R, T> value) {
        super(caller, operation, path);
        this.request = request;
        this.kind = kind;
        this.value = value;
    }

    @Override
    Request request(String fullPath, boolean watch) {
        return request.apply(fullPath);
    }

    @Override
    T value(Outcome outcome) {
        return value.apply(reply(outcome, kind));
    }
}
