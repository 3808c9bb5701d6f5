package io.pando.server.core;

import io.pando.zab.runtime.Clock;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A thread, on a machine with a clock and chance. */
public final class ThreadedCoreHost implements CoreHost {
    private final Executor thread;
    private final SecureRandom secrets = new SecureRandom();

    /** @param thread one that does what it is given in the order in which it was given; it may have other things to do besides */
    public ThreadedCoreHost(Executor thread) {
        this.thread = thread;
    }

    @Override
    public Clock clock() {
        return Clock.OF_THE_MACHINE;
    }

    @Override
    public RandomGenerator secrets() {
        return secrets;
    }

    @Override
    public <E> CoreLoop<E> loop(Consumer<E> handle, Runnable endTurn, Consumer<Throwable> onFailure) {
        return new CoreThread<>(thread, handle, endTurn, onFailure);
    }
}
