package io.pando.client.call;

import io.pando.client.error.PandoException;
import org.jspecify.annotations.Nullable;

/**
 * What the tree tells about a write whose answer was lost; none of the components is set when it tells nothing.
 *
 * @param notCarriedOut the write was not carried out, and will not be
 * @param result it was carried out, with this result
 * @param refusal it was not carried out, and would not be if it were sent again
 */
record Proof<T>(
        boolean notCarriedOut, @Nullable T result, @Nullable PandoException refusal) {
    static <T> Proof<T> none() {
        return new Proof<>(false, null, null);
    }

    /** By a zxid: what would have changed last changed before the write was sent. */
    static <T> Proof<T> ofAbsence() {
        return new Proof<>(true, null, null);
    }

    static <T> Proof<T> of(T result) {
        return new Proof<>(false, result, null);
    }

    static <T> Proof<T> ofRefusal(PandoException refusal) {
        return new Proof<>(false, null, refusal);
    }
}
