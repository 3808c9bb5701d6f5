package io.pando.recipes.steps;

import io.pando.client.call.Call;
import io.pando.client.error.ClosedException;
import io.pando.client.error.PandoException;
import io.pando.client.error.Retry;
import io.pando.client.error.TransactionFailedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests one after another, described once as a chain of futures. {@link #async} lets the chain go on from answer to answer on the
 * client's callback thread; {@link #now} walks it on the caller's thread, which waits for each answer. So the blocking form of a recipe
 * may be used in callbacks too, as far as it waits for answers only and not for what others do.
 */
public final class Steps {
    private Steps() {}

    /** The asynchronous form: completes on the client's callback thread; a failure is what the request failed with, not wrapped. */
    public static <T> CompletableFuture<T> async(Function<Asker, CompletableFuture<T>> steps) {
        CompletableFuture<T> told = new CompletableFuture<>();
        steps.apply(Call::async).whenComplete((result, failure) -> {
            if (failure == null) {
                told.complete(result);
            } else {
                told.completeExceptionally(cause(failure));
            }
        });
        return told;
    }

    /**
     * The blocking form.
     *
     * @throws PandoException what a request failed with
     * @throws InterruptedException when the thread is interrupted while it waits; what was asked may be carried out all the same
     */
    public static <T> T now(Function<Asker, CompletableFuture<T>> steps) throws InterruptedException {
        return get(steps.apply(Steps::waiting));
    }

    private static <T> CompletableFuture<T> waiting(Call<T> call) {
        try {
            return CompletableFuture.completedFuture(call.now());
        } catch (PandoException failure) {
            return CompletableFuture.failedFuture(failure);
        } catch (InterruptedException interrupted) {
            return CompletableFuture.failedFuture(interrupted);
        }
    }

    /** Waits for what may take any time. Not for callbacks of the client if it is one of them that completes the future. */
    public static <T> T get(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw thrown(cause(failed));
        }
    }

    /**
     * Waits for at most so long; the future is cancelled then.
     *
     * @param what is waited for, for the message
     * @throws TimeoutException when it takes longer
     */
    public static <T> T get(CompletableFuture<T> future, long nanos, String what)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            if (future.cancel(false)) {
                throw new TimeoutException(
                        "Waited for " + what + " for " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms in vain");
            }
            return get(future);
        } catch (ExecutionException failed) {
            throw thrown(cause(failed));
        }
    }

    private static RuntimeException thrown(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** What a future failed with, without the wrappers that a chain of futures puts around it. */
    public static Throwable cause(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? cause(cause) : failure;
    }

    /** The failure of the request, or, if that was a transaction, of the operation in it that was refused. */
    public static Throwable refusal(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof TransactionFailedException failed ? failed.failure() : cause;
    }

    /** Goes on with other steps when the ones before were refused for this reason; other failures stay. */
    public static <T> CompletableFuture<T> orIf(
            Class<? extends PandoException> refusal,
            CompletableFuture<T> before,
            Function<PandoException, CompletableFuture<T>> other) {
        return before.exceptionallyCompose(failure -> {
            Throwable why = refusal(failure);
            return refusal.isInstance(why)
                    ? other.apply(refusal.cast(why))
                    : CompletableFuture.failedFuture(cause(failure));
        });
    }

    /** Whether trying again later may help: a lost connection, a full queue, a server that is busy; not a closed client. */
    public static boolean mayPass(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof CancellationException) {
            return false;
        }
        return cause instanceof PandoException refused
                && !(refused instanceof ClosedException)
                && refused.retry() != Retry.POINTLESS;
    }
}
