package io.pando.recipes.fencing;

import io.pando.client.Pando;
import io.pando.recipes.line.OwnNode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Something that is held: a lock, a lease of a semaphore, a leadership. It is bound to the session that got it and never outlives it, nor
 * does it come back once it has {@linkplain #ended ended}: who wants it again stands in line again, and gets a higher token. Closing it
 * releases it. Used by any thread.
 *
 * <p>{@link #isCurrent} is what this process knows; a process that stood still knows it late. What must not be done by two goes through
 * the {@link #token}.
 */
public final class Held implements AutoCloseable {
    private final Hold hold;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Held(Hold hold) {
        this.hold = hold;
    }

    /** What the znode stands for from now on; its zxid is the token's number. For recipes. */
    public static Held of(Pando pando, OwnNode node, Trust trust) {
        return of(pando, node, node.czxid(), trust);
    }

    /**
     * The same, with a number that is not its own. For recipes.
     *
     * @param number of something that is held by the same session in the same line, and goes over into this
     */
    public static Held of(Pando pando, OwnNode node, long number, Trust trust) {
        return new Held(Hold.begin(pando, node, new FencingToken(number, node.path(), node.sessionId()), trust));
    }

    /**
     * Makes it held as soon as a znode has arrived at the front. For recipes.
     *
     * @return cancelling it gives up the wait, or releases what had arrived in the same moment
     */
    public static CompletableFuture<Held> onArrival(
            CompletableFuture<OwnNode> arrival, Function<OwnNode, Held> granted) {
        CompletableFuture<Held> result = new CompletableFuture<>();
        arrival.whenComplete((node, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            Held held = granted.apply(node);
            if (!result.complete(held)) {
                held.close();
            }
        });
        result.whenComplete((held, failure) -> {
            if (failure != null) {
                arrival.cancel(false);
            }
        });
        return result;
    }

    /** Proof of it, with a number that only grows. */
    public FencingToken token() {
        return hold.token();
    }

    /** What is known of it in this moment. */
    public Standing standing() {
        return closed.get() ? Standing.ENDED : hold.standing();
    }

    /** Whether it is held, as far as is known in this moment; no while it is in doubt. */
    public boolean isCurrent() {
        return standing() == Standing.CURRENT;
    }

    /**
     * Completes when it is over, with the reason, on the client's callback thread or the thread that releases it. With several handles
     * on the same, as a re-entrant lock gives, that is when the last is closed.
     */
    public CompletableFuture<End> ended() {
        return hold.ended().copy();
    }

    /**
     * Is run on the client's callback thread, once for every time that somebody {@linkplain Revocation asks} for it, and for a wish that
     * is there already. Nothing else happens: it is for the holder to end what it does and release what it holds.
     */
    public void onAskedToRelease(Runnable listener) {
        hold.onAskedToRelease(listener);
    }

    /** Ends also when somebody deletes the znode; for what is held for long. For recipes. */
    public Held watched() {
        hold.watchNode();
        return this;
    }

    /** Whether it is over for all handles on it. */
    boolean isOver() {
        return hold.ended().isDone();
    }

    /** One more handle on the same, which then ends with the last of them, also if this one is closed; empty if it is over. */
    Optional<Held> more() {
        return hold.addHandle() ? Optional.of(new Held(hold)) : Optional.empty();
    }

    /**
     * Releases it. More than once is once.
     *
     * @return completes when others can have it: its znode is gone, or goes with a session that is over
     */
    public CompletableFuture<Void> release() {
        return closed.compareAndSet(false, true) ? hold.dropHandle() : CompletableFuture.completedFuture(null);
    }

    /** Releases it, and does not wait until others can have it: it is deleted in the background, for as long as that takes. */
    @Override
    public void close() {
        release();
    }

    @Override
    public String toString() {
        return hold.token() + ", " + standing();
    }
}
