package io.pando.client.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** What was asked, waited for until Ctrl-C. */
final class Answer {
    private Answer() {}

    /** A failure comes as the exception that it is. */
    static <T> T of(CompletableFuture<T> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failed);
        }
    }
}
