package io.pando.recipes.semaphore;

import io.pando.client.Pando;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.line.Line;
import io.pando.recipes.line.Member;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A number of leases that so many hold at a time, among all processes that use the same path; also those that use Curator's {@code
 * InterProcessSemaphoreV2} there. Who asks first is served first. A lease whose holder's session ends is free again.
 *
 * <pre>{@code
 * var downloads = Semaphore.of(pando, "/limits/downloads", 5);
 * try (Held lease = downloads.acquire(Duration.ofMinutes(1))) { … }
 * }</pre>
 *
 * <p>Of two leases the one that was given later has the higher number in its token. Not re-entrant: each call asks for another lease.
 * Used by any thread. What it can't promise: see {@link io.pando.recipes.fencing}; after a pause one more than allowed may be at work.
 */
public final class Semaphore implements Acquirable {
    static final String MUTEX_KIND = "lock-";
    static final String LEASE_KIND = "lease-";

    private final Limit limit;
    private final Line mutex;
    private final Line leases;
    private final byte[] data;

    private Semaphore(Pando pando, String path, Limit limit, String whoIAm) {
        this.limit = limit;
        this.mutex = new Line(pando, ZnodePath.childOf(path, "locks"), MUTEX_KIND);
        this.leases = new Line(pando, ZnodePath.childOf(path, "leases"), LEASE_KIND);
        this.data = whoIAm.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * With a number of leases that all who use it have to know.
     *
     * @param count at least 1
     */
    public static Semaphore of(Pando pando, String path, int count) {
        return of(pando, path, count, "");
    }

    /**
     * The same.
     *
     * @param whoIAm is what {@link #holders} and {@link #waiting} tell others about this one
     */
    public static Semaphore of(Pando pando, String path, int count, String whoIAm) {
        if (count < 1) {
            throw new IllegalArgumentException("A semaphore has 1 lease at least, not " + count);
        }
        return new Semaphore(pando, path, new Limit.Fixed(count), whoIAm);
    }

    /**
     * With a number of leases that is in the tree and may change; when it shrinks, leases that are held stay so.
     *
     * @param countPath of a znode with an int of four bytes, the highest first, as a shared count has
     */
    public static Semaphore withSharedLimit(Pando pando, String path, String countPath, String whoIAm) {
        return new Semaphore(pando, path, new Limit.Shared(countPath), whoIAm);
    }

    @Override
    public CompletableFuture<Held> acquireAsync() {
        return Held.onArrival(
                new Admission(mutex, leases, limit, data).start(),
                node -> Held.of(leases.pando(), node, Trust.SESSION));
    }

    /** Who holds a lease, and at times one who is about to. */
    public CompletableFuture<List<Member>> holders() {
        return leases.members();
    }

    /** Who waits, in the order in which they will be served. */
    public CompletableFuture<List<Member>> waiting() {
        return mutex.members();
    }

    @Override
    public String toString() {
        return "a lease at " + leases.path();
    }
}
