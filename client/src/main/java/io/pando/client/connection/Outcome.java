package io.pando.client.connection;

import io.pando.session.Reply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a request, as far as this end can tell. */
public sealed interface Outcome {
    /**
     * The server answered.
     *
     * @param err 0, or the code of the failure; then there is no reply
     * @param zxid what the server had applied when it answered
     */
    record Answered(int err, @Nullable Reply reply, long zxid) implements Outcome {
        /** The reply to a request that succeeded. */
        public <R extends Reply> R reply(Class<R> kind) {
            if (!kind.isInstance(reply)) {
                throw new IllegalStateException("Error " + err + " with " + reply + ", and no " + kind.getSimpleName());
            }
            return Objects.requireNonNull(kind.cast(reply));
        }
    }

    /**
     * It was sent, and no answer came. Only of requests that change something: others are asked again.
     *
     * @param zxidWhenSent the highest that the client had seen when it sent the request; whatever the request did has a higher one
     * @param alone whether no other write of this client to the same path was under way
     */
    record Unknown(Why why, long sessionId, long zxidWhenSent, boolean alone) implements Outcome {}

    /** Nothing was changed by it: it was never sent, or there is nothing it could change. */
    record Nothing(Why why) implements Outcome {}

    /** Why there is no answer. */
    enum Why {
        CONNECTION_LOST,
        SESSION_LOST,
        TIMED_OUT,
        CLOSED,
        TOO_MANY,
        REQUEST_TOO_LARGE,
        REPLY_TOO_LARGE
    }
}
