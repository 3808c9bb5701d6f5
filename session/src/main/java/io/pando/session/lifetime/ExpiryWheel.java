package io.pando.session.lifetime;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says whose time is up. Everything that can expire lies in the bucket of the tick at which it would, if nothing more
 * were heard from it; a sign of life moves nothing. Only when a bucket is due is each of its tenants asked when it was
 * last heard from, and moved on to a later bucket or found expired. So a session costs one move per timeout, however
 * many requests it sends, and whoever hears from it only has to note the time.
 *
 * <p>Deadlines are ZooKeeper's: {@code (floor((heard + timeout) / tick) + 1) * tick}, which is up to a tick later than
 * the timeout and never earlier. Time is any clock in ms that does not go back. Belongs to the core thread, like the
 * sessions; what it asks of a tenant may be written by other threads.
 */
public final class ExpiryWheel<T extends ExpiryWheel.Tenant<T>> {
    private final long tickMs;
    private final NavigableMap<Long, Bucket<T>> buckets = new TreeMap<>(); // by their deadlines
    private final Pauses pauses = new Pauses();
    private long longestTimeoutMs;
    private int size;

    public ExpiryWheel(long tickMs) {
        if (tickMs <= 0) {
            throw new IllegalArgumentException("A tick of " + tickMs + " ms; it must be 1 or more");
        }
        this.tickMs = tickMs;
    }

    /** Takes it in, or, if it is here already, counts its deadline anew: needed when its timeout has become shorter. */
    public void put(T tenant) {
        remove(tenant);
        place(tenant, deadlineMs(tenant));
    }

    private void place(T tenant, long lookAgainMs) {
        buckets.computeIfAbsent(lookAgainMs, Bucket::new).add(tenant);
        size++;
    }

    /** Of no effect if it is not here. */
    public void remove(T tenant) {
        Bucket<T> bucket = tenant.bucket;
        if (bucket == null) {
            return;
        }
        bucket.remove(tenant);
        size--;
        if (bucket.first == null) {
            buckets.remove(bucket.deadlineMs);
        }
    }

    /** Takes out, and returns, all whose deadline is {@code nowMs} or earlier. */
    public List<T> expire(long nowMs) {
        List<T> expired = new ArrayList<>();
        while (!buckets.isEmpty() && buckets.firstKey() <= nowMs) {
            Bucket<T> due = buckets.firstEntry().getValue();
            for (T tenant = due.first; tenant != null; tenant = due.first) {
                remove(tenant);
                long deadlineMs = deadlineMs(tenant);
                if (deadlineMs <= nowMs) {
                    expired.add(tenant);
                } else {
                    // A sign of life from now on ends the allowance for a pause, and may so bring the deadline forward.
                    place(tenant, Math.min(deadlineMs, deadlineMs(nowMs, tenant.timeoutMs())));
                }
            }
        }
        pauses.forgetBefore(nowMs, longestTimeoutMs + tickMs);
        return expired;
    }

    /**
     * Tells that until {@code nowMs} the server could hear nobody for {@code lengthMs}. All that was not heard from
     * since lives that much longer.
     */
    public void postpone(long nowMs, long lengthMs) {
        pauses.add(nowMs, lengthMs);
    }

    public int size() {
        return size;
    }

    private long deadlineMs(T tenant) {
        int timeoutMs = tenant.timeoutMs();
        longestTimeoutMs = Math.max(longestTimeoutMs, timeoutMs);
        long heardMs = tenant.lastHeardMs();
        return deadlineMs(heardMs, timeoutMs + pauses.lostSinceMs(heardMs));
    }

    private long deadlineMs(long fromMs, long lengthMs) {
        return (Math.floorDiv(fromMs + lengthMs, tickMs) + 1) * tickMs;
    }

    /**
     * What can expire. Its place among the others is its own: there may be many, and maps would take more memory than they do. In one
     * wheel at a time.
     */
    public abstract static class Tenant<T extends Tenant<T>> {
        @Nullable
        Bucket<T> bucket; // null: in no wheel

        @Nullable
        T before;

        @Nullable
        T behind;

        /** When it last gave a sign of life. Never goes back. */
        public abstract long lastHeardMs();

        public abstract int timeoutMs();
    }

    /** Those who are looked at at the same time, in the order in which they came. */
    static final class Bucket<T extends Tenant<T>> {
        private final long deadlineMs;
        private @Nullable T first;
        private @Nullable T last;

        Bucket(long deadlineMs) {
            this.deadlineMs = deadlineMs;
        }

        void add(T tenant) {
            tenant.bucket = this;
            tenant.before = last;
            if (last == null) {
                first = tenant;
            } else {
                last.behind = tenant;
            }
            last = tenant;
        }

        void remove(T tenant) {
            T before = tenant.before;
            T behind = tenant.behind;
            if (before == null) {
                first = behind;
            } else {
                before.behind = behind;
            }
            if (behind == null) {
                last = before;
            } else {
                behind.before = before;
            }
            tenant.bucket = null;
            tenant.before = null;
            tenant.behind = null;
        }
    }
}
