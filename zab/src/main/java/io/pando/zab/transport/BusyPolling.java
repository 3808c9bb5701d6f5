package io.pando.zab.transport;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets an event loop that has just been busy look again and again before it sleeps: to wake a sleeping processor takes longer than most of what
 * is done here. Each event loop has its own, and only its thread uses it.
 *
 * <p>It costs nothing where nothing would be gained. While most rests are longer than it would ever look, it sleeps at once; so a server with
 * little to do sleeps as others do. Between two looks it gives way to whoever wants the processor. If that takes as long as a time slice of
 * somebody who computes, processors are scarce, and it sleeps at once for a while: for twice as long each time, unless looking is mostly
 * worth it in between.
 *
 * <p>The idea is that of the guest halt polling of Linux (Documentation/virt/guest-halt-polling.rst), for one thread.
 */
final class BusyPolling implements SelectStrategy {
    /** Longer than another event loop's turn, shorter than the time slice of a thread that computes. */
    private static final long SLICE_NANOS = 1_000_000;

    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 256_000_000;

    /** After so many finds the pause is again what it was before the last slice was lost, about. */
    private static final int FINDS_TO_FORGIVE = 64;

    private static final int MOST_CREDIT = 8;
    private static final int LOOK_AGAIN = 0;

    private final long longestNanos;
    private final LongSupplier nanoTime;
    private final Runnable giveWay;
    private long idleSince;
    private boolean slept;
    private boolean looking;

    /** Short rests add two, long ones take one: of a wait for the disk and one for the next request, one may be long. */
    private int credit = MOST_CREDIT;

    private long pauseNanos = SHORTEST_PAUSE_NANOS;
    private long pausedUntil;

    /**
     * @param longestNanos how long it looks at most, in nanoseconds, above 0
     * @param giveWay lets others have the processor
     */
    BusyPolling(long longestNanos, LongSupplier nanoTime, Runnable giveWay) {
        this.longestNanos = longestNanos;
        this.nanoTime = nanoTime;
        this.giveWay = giveWay;
        this.idleSince = nanoTime.getAsLong();
        this.pausedUntil = idleSince;
    }

    /** One for each event loop. On a single processor nothing can happen while somebody looks, so there everybody sleeps. */
    static SelectStrategyFactory upTo(Duration longest) {
        long nanos = longest.toNanos();
        return nanos == 0 || Runtime.getRuntime().availableProcessors() == 1
                ? DefaultSelectStrategyFactory.INSTANCE
                : () -> new BusyPolling(nanos, System::nanoTime, Thread::yield);
    }

    @Override
    public int calculateStrategy(IntSupplier look, boolean hasTasks) throws Exception {
        long now = nanoTime.getAsLong();
        if (slept) {
            slept = false;
            rested(now - idleSince <= longestNanos);
            idleSince = now;
        }
        if (!hasTasks && credit == 0) {
            return sleep();
        }
        int ready = look.get();
        if (ready > 0 || hasTasks) {
            found();
            idleSince = now;
            return ready;
        }
        return now - idleSince >= longestNanos || now - pausedUntil < 0 ? sleep() : lookAgain(now);
    }

    private void rested(boolean briefly) {
        credit = briefly ? Math.min(credit + 2, MOST_CREDIT) : Math.max(credit - 1, 0);
    }

    private void found() {
        if (looking) {
            looking = false;
            rested(true);
            pauseNanos = Math.max(pauseNanos - pauseNanos / FINDS_TO_FORGIVE, SHORTEST_PAUSE_NANOS);
        }
    }

    private int sleep() {
        looking = false;
        slept = true;
        return SELECT;
    }

    private int lookAgain(long before) {
        looking = true;
        giveWay.run();
        long now = nanoTime.getAsLong();
        if (now - before >= SLICE_NANOS) {
            pausedUntil = now + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
        return LOOK_AGAIN;
    }
}
