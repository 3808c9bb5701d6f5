package io.pando.recipes.line;

import io.pando.client.error.PandoException;
import io.pando.client.error.Retry;
import io.pando.client.error.UnknownOutcomeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What recipes do about requests that fail: ask again a little later where that helps, and give up where it doesn't. */
public final class Trouble {
    private static final long PAUSE_MS = 100;

    private Trouble() {}

    /** The failure itself, without what futures wrap around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }

    /** Whether nothing was changed, and asking again may help. */
    public static boolean mayPass(Throwable failure) {
        return cause(failure) instanceof PandoException told && told.retry() == Retry.SAFE;
    }

    /** Whether to look at the tree again will show what became of it, or may help. */
    public static boolean mayHelpToLookAgain(Throwable failure) {
        return mayPass(failure) || cause(failure) instanceof UnknownOutcomeException;
    }

    /** Runs it after a short pause, so that a server in trouble is not asked without end. */
    public static void later(Runnable again) {
        Executor delayed = CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);
        delayed.execute(again);
    }
}
