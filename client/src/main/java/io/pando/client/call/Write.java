package io.pando.client.call;

import io.pando.client.connection.Ask;
import io.pando.client.connection.Outcome;
import io.pando.client.error.PandoException;
import io.pando.session.WriteRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes something. It belongs to the session under which it was made: when that is lost before it was sent, it is
 * not carried out.
 *
 * <p>When the connection is lost before the answer came, the same session is continued on another connection, and there a sync and a
 * look at the tree tell what became of it, as far as the tree allows to tell. A return to the session bars what was left under way
 * on the old connection, and the sync is answered behind all that had been let through, so that what is looked at is final. Then
 *
 * <ul>
 *   <li>the request was not carried out, by proof: it is sent again, behind those that are waiting by then;
 *   <li>it was carried out, or could not have been, by proof: that is the result;
 *   <li>neither is proven: {@link io.pando.client.error.UnknownOutcomeException}.
 * </ul>
 *
 * What counts as proof is said by the methods of {@link Proof}.
 *
 * @param <T> the result
 */
public abstract class Write<T> extends Call<T> {
    Write(Caller caller, String operation, String path) {
        super(caller, operation, path);
    }

    /** The same each time it is called between two changes of the description. */
    abstract WriteRequest request();

    abstract T value(Outcome.Answered answer);

    /** What the tree tells about a request that was sent and not answered. */
    abstract CompletableFuture<Proof<T>> investigate(WriteRequest request, Outcome.Unknown unknown);

    @Override
    CompletableFuture<T> start() {
        return send(request(), System.nanoTime() + caller().timeoutNanos());
    }

    final CompletableFuture<T> send(WriteRequest request, long deadlineNanos) {
        return caller().send(Ask.of(request)).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Unknown unknown
                    && unknown.why() == Outcome.Why.CONNECTION_LOST
                    && System.nanoTime() - deadlineNanos < 0) {
                return investigate(request, unknown)
                        .exceptionally(unclear -> Proof.none())
                        .thenCompose(proof -> conclude(proof, request, unknown, deadlineNanos));
            }
            return CompletableFuture.completedFuture(outcome).thenApply(known -> value(answer(known)));
        });
    }

    private CompletableFuture<T> conclude(
            Proof<T> proof, WriteRequest request, Outcome.Unknown unknown, long deadlineNanos) {
        @Nullable T result = proof.result();
        if (proof.notCarriedOut()) {
            return send(request, deadlineNanos);
        }
        if (result != null) {
            return CompletableFuture.completedFuture(result);
        }
        @Nullable PandoException refusal = proof.refusal();
        return CompletableFuture.failedFuture(refusal == null ? unknown(unknown) : refusal);
    }
}
