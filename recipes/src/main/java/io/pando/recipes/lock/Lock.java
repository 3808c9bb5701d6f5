package io.pando.recipes.lock;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.fencing.ByThread;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.line.Blocking;
import io.pando.recipes.line.Line;
import io.pando.recipes.line.Member;
import io.pando.recipes.line.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * A lock that one holds at a time, among all processes that use the same path; also those that use Curator's {@code InterProcessMutex}
 * there. Who asks first gets it first.
 *
 * <pre>{@code
 * var lock = new Lock(pando, "/locks/report");
 * try (Held held = lock.acquire(Duration.ofSeconds(10))) {
 *     held.token().guard(pando.transaction()).setData("/report", text).now();
 * }
 * }</pre>
 *
 * <p>Re-entrant: a thread that holds it by a blocking form gets it at once when it asks in that form again, with the same token, and it
 * is released when all handles are closed. The asynchronous form knows no threads: each call stands in line.
 *
 * <p>Not a promise: that the holder acts only while it holds. A process that stands still may wake up after its session has ended and
 * another holds the lock; see {@link io.pando.recipes.fencing} for what helps. Used by any thread.
 */
public final class Lock implements Acquirable {
    private static final String KIND = "lock-";

    private final Line line;
    private final byte[] data;
    private final ByThread byThread = new ByThread();

    /**
     * A lock.
     *
     * @param path of the znode below which those who want it stand in line; it is created when it is missing, and goes when nobody has
     *     used it for a while
     */
    public Lock(Pando pando, String path) {
        this(pando, path, "");
    }

    /**
     * A lock.
     *
     * @param whoIAm is what {@link #participants} tells others about this one
     */
    public Lock(Pando pando, String path, String whoIAm) {
        this.line = new Line(pando, path, KIND);
        this.data = whoIAm.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public CompletableFuture<Held> acquireAsync() {
        return Held.onArrival(
                line.join(KIND, data, Turn.ONE_BY_ONE), node -> Held.of(line.pando(), node, Trust.SESSION));
    }

    @Override
    public Held acquire() throws InterruptedException {
        Optional<Held> again = byThread.again();
        return again.isPresent() ? again.get() : byThread.keep(Blocking.get(acquireAsync()));
    }

    @Override
    public Held acquire(Duration atMost) throws InterruptedException, TimeoutException {
        Optional<Held> again = byThread.again();
        return again.isPresent() ? again.get() : byThread.keep(Blocking.get(acquireAsync(), atMost, toString()));
    }

    /** Who holds it, first, and who waits for it, in the order in which they will get it. */
    public CompletableFuture<List<Member>> participants() {
        return line.members();
    }

    @Override
    public String toString() {
        return "the lock at " + line.path();
    }
}
