package io.pando.recipes.doublebarrier;

import io.pando.client.Pando;
import io.pando.recipes.line.Blocking;
import io.pando.recipes.line.OwnNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a number of members, in any processes, begin a computation together and end it together; also those who use Curator's {@code
 * DistributedDoubleBarrier} at the same path. Whoever {@linkplain #enter enters} goes on when all have come, whoever {@linkplain #leave
 * leaves} goes on when all have left.
 *
 * <p>One object is one member: it enters, leaves, and may enter again. A member whose session ends counts as one that has left. To leave
 * without having entered is to wait until the others have left. Used by one thread at a time.
 */
public final class DoubleBarrier {
    private final Room room;

    // Written by the callback that tells of the entrance, read by who leaves.
    private volatile @Nullable OwnNode inside;

    /**
     * One member.
     *
     * @param path of the barrier
     * @param members how many there are in all, at least 1
     */
    public DoubleBarrier(Pando pando, String path, int members) {
        this.room = new Room(pando, path, members);
    }

    /**
     * Comes in, and waits until all have.
     *
     * @return completes on the client's callback thread. When it is cancelled, this member is not in any more
     * @throws IllegalStateException when it is in already
     */
    public CompletableFuture<Void> enterAsync() {
        OwnNode former = inside;
        if (former != null && former.isOfSessionInForce()) {
            throw new IllegalStateException("This member is in " + room.path() + " already");
        }
        CompletableFuture<OwnNode> entering = new Entering(room).start();
        CompletableFuture<Void> entered = new CompletableFuture<>();
        entering.whenComplete((node, failure) -> {
            if (failure != null) {
                entered.completeExceptionally(failure);
                return;
            }
            inside = node;
            if (!entered.complete(null)) {
                inside = null;
                node.remove();
            }
        });
        entered.whenComplete((done, failure) -> {
            if (failure != null) {
                entering.cancel(false);
            }
        });
        return entered;
    }

    /** Waits as long as it takes. Not for callbacks of the client. */
    public void enter() throws InterruptedException {
        Blocking.get(enterAsync());
    }

    /**
     * Waits for at most so long. Not for callbacks of the client.
     *
     * @throws TimeoutException when not all come in that time; this member is not in any more
     */
    public void enter(Duration atMost) throws InterruptedException, TimeoutException {
        Blocking.get(enterAsync(), atMost, "all " + room.members() + " to enter " + room.path());
    }

    /**
     * Goes out, and waits until all have.
     *
     * @return completes on the client's callback thread. When it is cancelled this member is out, or will be in the background
     */
    public CompletableFuture<Void> leaveAsync() {
        OwnNode own = inside;
        inside = null;
        return new Leaving(room, own).start();
    }

    /** Waits as long as it takes. Not for callbacks of the client. */
    public void leave() throws InterruptedException {
        Blocking.get(leaveAsync());
    }

    /**
     * Waits for at most so long. Not for callbacks of the client.
     *
     * @throws TimeoutException when not all go out in that time; this member is out all the same
     */
    public void leave(Duration atMost) throws InterruptedException, TimeoutException {
        Blocking.get(leaveAsync(), atMost, "all to leave " + room.path());
    }
}
