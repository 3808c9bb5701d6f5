package io.pando.client.call;

import io.pando.client.connection.Outcome;
import io.pando.client.error.ClosedException;
import io.pando.client.error.Failures;
import io.pando.client.error.OverloadedException;
import io.pando.client.error.PandoException;
import io.pando.client.error.ReplyTooLargeException;
import io.pando.client.error.RequestTimeoutException;
import io.pando.client.error.RequestTooLargeException;
import io.pando.client.error.SessionExpiredException;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.client.error.UnknownOutcomeException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One request. It is described by the methods of its subclass, which return it, and sent by {@link #async()} or {@link #now()};
 * each of these sends it once more. Not to be described by several threads at a time.
 *
 * <p>Requests of one thread are sent in the order of these calls, and answered in that order.
 *
 * @param <T> the result
 */
public abstract class Call<T> {
    private final Caller caller;
    private final String operation;
    private final String path;

    Call(Caller caller, String operation, String path) {
        this.caller = caller;
        this.operation = operation;
        this.path = path;
    }

    /** Sends it. What is returned completes on the event loop, so that only what never blocks may follow. */
    abstract CompletableFuture<T> start();

    /**
     * Sends the request without waiting.
     *
     * @return completes on the client's callback thread, in the order in which answers and events arrived; a failure is a
     *     {@link PandoException}. To cancel it does not take the request back
     */
    public final CompletableFuture<T> async() {
        CompletableFuture<T> told = new CompletableFuture<>();
        start().whenComplete((result, failure) -> caller.callbacks().execute(this, () -> {
            if (failure == null) {
                told.complete(result);
            } else {
                told.completeExceptionally(unwrapped(failure));
            }
        }));
        return told;
    }

    /**
     * Sends the request and waits for the answer, for at most the client's request timeout. May be called from callbacks too.
     *
     * @throws PandoException when it does not succeed
     * @throws InterruptedException when the thread is interrupted while it waits; the request may be carried out all the same
     */
    public final T now() throws InterruptedException {
        try {
            return start().get();
        } catch (ExecutionException failed) {
            Throwable cause = unwrapped(failed);
            if (cause instanceof PandoException failure) {
                // Made on an event loop; where it was asked is of more use to the reader.
                failure.fillInStackTrace();
                throw failure;
            }
            throw new IllegalStateException(operation + " " + path, cause);
        }
    }

    final Caller caller() {
        return caller;
    }

    final String operation() {
        return operation;
    }

    final String path() {
        return path;
    }

    /** What the server answered, if it did what it was asked. */
    final Outcome.Answered answer(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            if (answered.err() == 0) {
                return answered;
            }
            throw Failures.of(answered.err(), operation, path);
        }
        throw failure(outcome);
    }

    /** The exception for an outcome without an answer. */
    final PandoException failure(Outcome outcome) {
        if (outcome instanceof Outcome.Unknown unknown) {
            return unknown(unknown);
        }
        if (outcome instanceof Outcome.Nothing nothing) {
            return switch (nothing.why()) {
                case SESSION_LOST -> new SessionExpiredException(operation, path);
                case CONNECTION_LOST, TIMED_OUT -> new RequestTimeoutException(operation, path);
                case CLOSED -> new ClosedException(operation, path);
                case TOO_MANY -> new OverloadedException(operation, path);
                case REQUEST_TOO_LARGE -> new RequestTooLargeException(operation, path);
                case REPLY_TOO_LARGE -> new ReplyTooLargeException(operation, path);
            };
        }
        throw new IllegalStateException("An answer is no failure: " + outcome);
    }

    final UnknownOutcomeException unknown(Outcome.Unknown unknown) {
        return new UnknownOutcomeException(
                operation,
                path,
                switch (unknown.why()) {
                    case SESSION_LOST -> Reason.SESSION_LOST;
                    case TIMED_OUT -> Reason.TIMED_OUT;
                    case CLOSED -> Reason.CLOSED;
                    default -> Reason.CONNECTION_LOST;
                });
    }

    private static Throwable unwrapped(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? unwrapped(cause) : failure;
    }

    /** For the log. */
    @Override
    public String toString() {
        return path.isEmpty() ? operation : operation + " " + path;
    }
}
