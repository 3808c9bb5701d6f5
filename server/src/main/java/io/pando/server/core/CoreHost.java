package io.pando.server.core;

import io.pando.zab.runtime.Clock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What the core runs on. {@link ThreadedCoreHost} is the one of production; a simulation brings another. */
public interface CoreHost {

    Clock clock();

    /** Chance that nobody can guess: passwords of sessions are made from it. */
    RandomGenerator secrets();

    /**
     * What is to handle the core's events.
     *
     * @param handle takes one event
     * @param endTurn is run behind each batch
     * @param onFailure is told when one of the others throws: that is a broken invariant, and nothing is handled any more
     */
    <E> CoreLoop<E> loop(Consumer<E> handle, Runnable endTurn, Consumer<Throwable> onFailure);
}
