package io.pando.client.connection;

import io.pando.client.watch.OneShot;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. Made by a caller, handed over, and from then on owned by the event loop. Its outcome completes on that
 * loop, so nothing that blocks may depend on it.
 */
public final class Ask {
    private final Request request;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private @Nullable OneShot watch;
    private @Nullable String syncPath;
    private boolean boundToSession;

    // What the loop notes down.
    int xid;
    int syncErr;
    long deadlineNanos;
    long sentNanos;
    long zxidWhenSent;

    @Nullable
    Ask syncOf;

    private @Nullable AtomicInteger counter;

    private Ask(Request request) {
        this.request = request;
    }

    public static Ask of(Request request) {
        return new Ask(request);
    }

    /** Sets the watch if the request succeeds, and for exists also if there is no znode. */
    public Ask watching(OneShot wish) {
        this.watch = wish;
        return this;
    }

    /**
     * Has the server catch up with all that is committed first. Both go over one connection, and if that is lost both are repeated.
     *
     * @param path what the sync names; servers only repeat it
     */
    public Ask behindSync(String path) {
        this.syncPath = path;
        return this;
    }

    /** Not to be asked on behalf of a later session, though it changes nothing. */
    public Ask boundToSession() {
        this.boundToSession = true;
        return this;
    }

    /** The sync to send in front of this, or null. */
    @Nullable
    Ask sync() {
        if (syncPath == null) {
            return null;
        }
        Ask sync = new Ask(new SessionRequest.Sync(syncPath));
        sync.syncOf = this;
        return sync;
    }

    Request request() {
        return request;
    }

    @Nullable
    OneShot watch() {
        return watch;
    }

    boolean isBoundToSession() {
        return boundToSession || !isRepeatable();
    }

    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Takes one off {@code counter} when it is settled. */
    void countedBy(AtomicInteger openRequests) {
        counter = openRequests;
    }

    void settle(Outcome result) {
        if (counter != null && !outcome.isDone()) {
            counter.decrementAndGet();
        }
        outcome.complete(result);
    }

    boolean isSettled() {
        return outcome.isDone();
    }

    /** Whether asking twice is the same as asking once. */
    boolean isRepeatable() {
        return request instanceof ReadRequest
                || request instanceof WatchRequest
                || request instanceof SessionRequest.Sync
                || request.op() == OpCode.WHO_AM_I;
    }
}
