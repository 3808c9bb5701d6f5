package io.pando.test.linearizability;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a single place that does one thing at a time would answer.
 *
 * @param <S> its state: immutable, and equal to another if no operation can tell them apart
 */
public interface Model<S, I, O> {
    S initial();

    /** The state after an operation; empty if it can't have been answered so. A null output goes with any answer. */
    Optional<S> step(S state, I input, @Nullable O output);
}
