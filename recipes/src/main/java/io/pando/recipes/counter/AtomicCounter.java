package io.pando.recipes.counter;

import io.pando.client.Pando;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.datatree.CreateMode;
import io.pando.recipes.steps.Asker;
import io.pando.recipes.steps.Steps;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A 64-bit number that many processes change at once without losing a change; also those that use Curator's
 * {@code DistributedAtomicLong} at the same path. Every change is made on the version that was read, and tried again when somebody else
 * was faster.
 *
 * <pre>{@code
 * long reserved = new AtomicCounter(pando, "/counters/tickets").add(10);
 * }</pre>
 *
 * <p>When the answer to a change is lost and the tree does not tell what became of it, an
 * {@link io.pando.client.error.UnknownOutcomeException} says so: the number may then have been changed or not, and adding again would
 * perhaps add twice. Overflow wraps around. Used by any thread, in callbacks of the client too.
 */
public final class AtomicCounter {
    private static final int ABSENT = -1;

    private final Pando pando;
    private final String path;

    /**
     * A counter.
     *
     * @param path of its znode; it is made by the first change, with what is missing above it, and is 0 until then
     */
    public AtomicCounter(Pando pando, String path) {
        this.pando = pando;
        this.path = path;
    }

    /** The number, at least as new as everything that was known to anybody before this call. */
    public long get() throws InterruptedException {
        return Steps.now(this::value);
    }

    /** As {@link #get}. */
    public CompletableFuture<Long> getAsync() {
        return Steps.async(this::value);
    }

    /** Adds, and says the sum. */
    public long add(long delta) throws InterruptedException {
        return Steps.now(asker -> add(asker, delta));
    }

    /** As {@link #add(long)}. */
    public CompletableFuture<Long> addAsync(long delta) {
        return Steps.async(asker -> add(asker, delta));
    }

    /** Sets the number to {@code next} if it is {@code expected}, and says whether it was. */
    public boolean compareAndSet(long expected, long next) throws InterruptedException {
        return Steps.now(asker -> compareAndSet(asker, expected, next));
    }

    /** As {@link #compareAndSet(long, long)}. */
    public CompletableFuture<Boolean> compareAndSetAsync(long expected, long next) {
        return Steps.async(asker -> compareAndSet(asker, expected, next));
    }

    /** Sets the number, whatever it is. */
    public void set(long number) throws InterruptedException {
        Steps.now(asker -> set(asker, number));
    }

    /** As {@link #set(long)}. */
    public CompletableFuture<Void> setAsync(long number) {
        return Steps.async(asker -> set(asker, number));
    }

    private CompletableFuture<Long> value(Asker asker) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getData(path).linearizable()).thenApply(read -> number(read.data())),
                absent -> CompletableFuture.completedFuture(0L));
    }

    private CompletableFuture<Long> add(Asker asker, long delta) {
        return read(asker).thenCompose(seen -> {
            long sum = seen.number + delta;
            return write(asker, seen, sum)
                    .thenCompose(done -> done ? CompletableFuture.completedFuture(sum) : add(asker, delta));
        });
    }

    private CompletableFuture<Boolean> compareAndSet(Asker asker, long expected, long next) {
        return read(asker).thenCompose(seen -> {
            if (seen.number != expected) {
                return isStillSo(asker, seen)
                        .thenCompose(so ->
                                so ? CompletableFuture.completedFuture(false) : compareAndSet(asker, expected, next));
            }
            return write(asker, seen, next)
                    .thenCompose(done ->
                            done ? CompletableFuture.completedFuture(true) : compareAndSet(asker, expected, next));
        });
    }

    /** A read may be answered by a server that lags behind; to say no needs one that does not. */
    private CompletableFuture<Boolean> isStillSo(Asker asker, Seen seen) {
        return value(asker).thenApply(number -> number == seen.number);
    }

    private CompletableFuture<Void> set(Asker asker, long number) {
        CompletableFuture<Boolean> written = Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.setData(path, bytes(number))).thenApply(stat -> true),
                absent -> write(asker, new Seen(0, ABSENT), number));
        return written.thenCompose(done -> done ? CompletableFuture.completedFuture(null) : set(asker, number));
    }

    private CompletableFuture<Seen> read(Asker asker) {
        return Steps.orIf(
                NoNodeException.class,
                asker.ask(pando.getData(path))
                        .thenApply(read ->
                                new Seen(number(read.data()), read.stat().version())),
                absent -> CompletableFuture.completedFuture(new Seen(0, ABSENT)));
    }

    /** Whether nobody was faster. */
    private CompletableFuture<Boolean> write(Asker asker, Seen seen, long number) {
        byte[] data = bytes(number);
        if (seen.version == ABSENT) {
            return Steps.orIf(
                    NodeExistsException.class,
                    asker.ask(pando.create(path).data(data).makeParents(CreateMode.CONTAINER))
                            .thenApply(created -> true),
                    exists -> CompletableFuture.completedFuture(false));
        }
        CompletableFuture<Boolean> written =
                asker.ask(pando.setData(path, data).version(seen.version)).thenApply(stat -> true);
        written = Steps.orIf(BadVersionException.class, written, changed -> CompletableFuture.completedFuture(false));
        return Steps.orIf(NoNodeException.class, written, deleted -> CompletableFuture.completedFuture(false));
    }

    private long number(byte[] data) {
        if (data.length == 0) {
            return 0;
        }
        if (data.length != Long.BYTES) {
            throw new IllegalStateException(path + " holds " + data.length + " bytes, which are no counter's 8");
        }
        return ByteBuffer.wrap(data).getLong();
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public String toString() {
        return "counter at " + path;
    }

    private record Seen(long number, int version) {}
}
