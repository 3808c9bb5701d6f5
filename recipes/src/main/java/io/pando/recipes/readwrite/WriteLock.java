package io.pando.recipes.readwrite;

import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.fencing.ByThread;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.line.Blocking;
import io.pando.recipes.line.Line;
import io.pando.recipes.line.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The writers' half. */
final class WriteLock implements Acquirable {
    private final Line line;
    private final byte[] data;
    private final ByThread byThread = new ByThread();

    // Set once, before anybody else sees this.
    private @Nullable ReadLock readers;

    WriteLock(Line line, byte[] data) {
        this.line = line;
        this.data = data;
    }

    void refuseThoseWhoRead(ReadLock read) {
        this.readers = read;
    }

    /** What this thread holds. */
    Optional<Held> mine() {
        return byThread.mine();
    }

    @Override
    public CompletableFuture<Held> acquireAsync() {
        return Held.onArrival(
                line.join(Kinds.WRITE, data, Turn.ONE_BY_ONE), node -> Held.of(line.pando(), node, Trust.SESSION));
    }

    @Override
    public Held acquire() throws InterruptedException {
        Optional<Held> again = again();
        return again.isPresent() ? again.get() : byThread.keep(Blocking.get(acquireAsync()));
    }

    @Override
    public Held acquire(Duration atMost) throws InterruptedException, TimeoutException {
        Optional<Held> again = again();
        return again.isPresent() ? again.get() : byThread.keep(Blocking.get(acquireAsync(), atMost, toString()));
    }

    private Optional<Held> again() {
        Optional<Held> again = byThread.again();
        if (again.isEmpty() && readers != null && readers.mine().isPresent()) {
            throw new IllegalStateException("This thread holds " + line.path()
                    + " to read and would wait for itself; release that first, and read anew what it was about");
        }
        return again;
    }

    @Override
    public String toString() {
        return "the write lock at " + line.path();
    }
}
