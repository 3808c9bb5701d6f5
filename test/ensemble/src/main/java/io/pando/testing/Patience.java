package io.pando.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for what servers will bring about, and gives up with a description of them.
 *
 * @param longest until it is given up
 * @param description of all servers, asked for when it is
 */
record Patience(Duration longest, Supplier<String> description) {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** @throws TestEnsembleException if it does not come about, or the thread is interrupted */
    void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new TestEnsembleException("Interrupted while waiting until " + what + ". " + description.get());
            }
            if (System.nanoTime() - start > longest.toNanos()) {
                throw new TestEnsembleException(
                        "Waited " + longest.toSeconds() + " s in vain until " + what + ". " + description.get());
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }
}
