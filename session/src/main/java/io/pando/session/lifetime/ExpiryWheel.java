package io.pando.session.lifetime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

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
public final class ExpiryWheel<T extends ExpiryWheel.Tenant> {
    private final long tickMs;
    private final NavigableMap<Long, Set<T>> tenantsByDeadline = new TreeMap<>();
    private final Map<T, Long> deadlines = new HashMap<>();
    private final Pauses pauses = new Pauses();
    private long longestTimeoutMs;

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
        deadlines.put(tenant, lookAgainMs);
        tenantsByDeadline
                .computeIfAbsent(lookAgainMs, unused -> new LinkedHashSet<>())
                .add(tenant);
    }

    public void remove(T tenant) {
        Long deadlineMs = deadlines.remove(tenant);
        if (deadlineMs == null) {
            return;
        }
        Set<T> bucket = tenantsByDeadline.get(deadlineMs);
        if (bucket != null && bucket.remove(tenant) && bucket.isEmpty()) {
            tenantsByDeadline.remove(deadlineMs);
        }
    }

    /** Takes out, and returns, all whose deadline is {@code nowMs} or earlier. */
    public List<T> expire(long nowMs) {
        List<T> expired = new ArrayList<>();
        while (!tenantsByDeadline.isEmpty() && tenantsByDeadline.firstKey() <= nowMs) {
            for (T tenant : tenantsByDeadline.pollFirstEntry().getValue()) {
                deadlines.remove(tenant);
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
        return deadlines.size();
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

    /** What can expire. */
    public interface Tenant {
        /** When it last gave a sign of life. Never goes back. */
        long lastHeardMs();

        int timeoutMs();
    }
}
