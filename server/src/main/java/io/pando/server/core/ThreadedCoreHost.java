package io.pando.server.core;

import com.lmax.disruptor.BlockingWaitStrategy;
import io.pando.zab.runtime.Clock;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A thread of its own, on a machine with a clock and chance. */
public final class ThreadedCoreHost implements CoreHost {
    private final SecureRandom secrets = new SecureRandom();

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
        return new CoreThread<>(new BlockingWaitStrategy(), handle, endTurn, onFailure);
    }
}
