package io.pando.test.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waiting for something that another process or thread will bring about, with a deadline and a reason. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    /** Returns once {@code condition} holds; fails with {@code what} when it does not within 30 s. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, PATIENCE, condition);
    }

    /** Returns once {@code condition} holds; fails with {@code what} when it does not within {@code patience}. */
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        if (!happens(patience, condition)) {
            throw new AssertionError("Waited " + patience.toSeconds() + " s in vain until " + what);
        }
    }

    /** Returns the first result that is not null. */
    public static <T> T value(String what, Callable<@Nullable T> source) {
        Holder<T> holder = new Holder<>();
        until(what, () -> (holder.value = source.call()) != null);
        T value = holder.value;
        if (value == null) throw new AssertionError(what);
        return value;
    }

    /** Whether {@code condition} comes to hold within {@code patience}; an exception counts as "not yet". */
    public static boolean happens(Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            if (holds(condition)) return true;
            if (System.nanoTime() - deadline > 0) return false;
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            // A server that is not up yet, a node that is not there yet: the next poll asks again.
            return false;
        }
    }

    private static final class Holder<T> {
        private @Nullable T value;
    }
}
