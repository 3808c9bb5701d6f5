package io.pando.recipes.line;

import io.pando.client.error.PandoException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The blocking forms of what recipes do asynchronously. Not to be used by callbacks of the client: these run one after another, and the
 * one that is waited for would stand behind the one that waits.
 */
public final class Blocking {
    private Blocking() {}

    /**
     * Waits as long as it takes.
     *
     * @throws InterruptedException when the thread is interrupted; the future is cancelled then, and what it stood for is taken back
     */
    public static <T> T get(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            return givenUp(future, interrupted);
        } catch (ExecutionException failed) {
            throw told(failed);
        }
    }

    /**
     * Waits for at most so long.
     *
     * @param what is waited for, for the message
     * @throws TimeoutException when it takes longer; the future is cancelled then, and what it stood for is taken back
     * @throws InterruptedException when the thread is interrupted; just so
     */
    public static <T> T get(CompletableFuture<T> future, Duration atMost, String what)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            // Either this ends the wait, or it is over in this very moment and has a result.
            if (future.cancel(false)) {
                throw new TimeoutException("Waited for " + what + " for " + atMost.toMillis() + " ms in vain");
            }
            return get(future);
        } catch (InterruptedException interrupted) {
            return givenUp(future, interrupted);
        } catch (ExecutionException failed) {
            throw told(failed);
        }
    }

    private static <T> T givenUp(CompletableFuture<T> future, InterruptedException interrupted)
            throws InterruptedException {
        if (future.cancel(false)) {
            throw interrupted;
        }
        Thread.currentThread().interrupt();
        return future.join();
    }

    private static RuntimeException told(ExecutionException failed) {
        Throwable cause = failed.getCause();
        if (cause instanceof RuntimeException failure) {
            if (failure instanceof PandoException) {
                // Made on an event loop; where it was waited for is of more use to the reader.
                failure.fillInStackTrace();
            }
            return failure;
        }
        return new IllegalStateException(cause);
    }
}
