package io.pando.recipes.readwrite;

import io.pando.datatree.CreateMode;
import io.pando.datatree.ZnodePath;
import io.pando.recipes.fencing.Acquirable;
import io.pando.recipes.fencing.ByThread;
import io.pando.recipes.fencing.FencingToken;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.fencing.Trust;
import io.pando.recipes.line.Blocking;
import io.pando.recipes.line.Line;
import io.pando.recipes.line.OwnNode;
import io.pando.recipes.line.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** The readers' half. */
final class ReadLock implements Acquirable {
    private final Line line;
    private final byte[] data;
    private final WriteLock writers;
    private final ByThread byThread = new ByThread();

    ReadLock(Line line, byte[] data, WriteLock writers) {
        this.line = line;
        this.data = data;
        this.writers = writers;
    }

    /** What this thread holds. */
    Optional<Held> mine() {
        return byThread.mine();
    }

    @Override
    public CompletableFuture<Held> acquireAsync() {
        return Held.onArrival(
                line.join(Kinds.READ, data, Kinds.BEHIND_WRITERS), node -> Held.of(line.pando(), node, Trust.SESSION));
    }

    @Override
    public Held acquire() throws InterruptedException {
        Optional<Held> again = byThread.again();
        return again.isPresent() ? again.get() : byThread.keep(Blocking.get(ask()));
    }

    @Override
    public Held acquire(Duration atMost) throws InterruptedException, TimeoutException {
        Optional<Held> again = byThread.again();
        return again.isPresent() ? again.get() : byThread.keep(Blocking.get(ask(), atMost, toString()));
    }

    private CompletableFuture<Held> ask() {
        return writers.mine().map(this::downgrade).orElseGet(this::acquireAsync);
    }

    /**
     * Stands right behind the writer: in the name its digits go ahead of the reader's own, as with Curator. Whether the writer's znode
     * was still there then is asked afterwards; only if it was, nobody else can have come to write in between.
     */
    CompletableFuture<Held> downgrade(Held writing) {
        FencingToken token = writing.token();
        String place = line.orderOf(ZnodePath.nameOf(token.path()));
        CompletableFuture<OwnNode> reading = new CompletableFuture<>();
        OwnNode.create(
                        line.pando(),
                        line.path(),
                        OwnNode.protectedName(Kinds.READ + place),
                        data,
                        CreateMode.EPHEMERAL_SEQUENTIAL)
                .thenCompose(node -> whileHeld(token, node))
                .whenComplete((node, failure) -> {
                    if (failure != null) {
                        reading.completeExceptionally(Trouble.cause(failure));
                    } else if (!reading.complete(node)) {
                        node.remove();
                    }
                });
        // The number stays that of the writer: a writer who has been waiting has a higher one, and comes later.
        return Held.onArrival(reading, node -> Held.of(line.pando(), node, token.number(), Trust.SESSION));
    }

    private CompletableFuture<OwnNode> whileHeld(FencingToken token, OwnNode node) {
        return line.pando().exists(token.path()).async().handle((there, failure) -> {
            if (failure == null && there.isPresent() && node.sessionId() == token.sessionId()) {
                return node;
            }
            node.remove();
            throw new IllegalStateException("What was held to write is over, or can't be seen: " + token, failure);
        });
    }

    @Override
    public String toString() {
        return "the read lock at " + line.path();
    }
}
