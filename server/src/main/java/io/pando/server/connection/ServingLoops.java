package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** All event loops that serve clients. Where these, which add themselves with their first connection, and the core meet. */
final class ServingLoops {
    private final Map<EventExecutor, ServingLoop> all = new ConcurrentHashMap<>();
    private final Predicate<EventExecutor> isCores;

    /** @param isCores whether an event loop is the core's own */
    ServingLoops(Predicate<EventExecutor> isCores) {
        this.isCores = isCores;
    }

    /** What the connections of {@code loop} share. Any thread. */
    ServingLoop of(EventExecutor loop) {
        return all.computeIfAbsent(loop, added -> new ServingLoop(added, isCores.test(added)));
    }

    /** Wakes the event loops of all connections that were sent something, each once. Core thread. */
    void wake() {
        all.values().forEach(ServingLoop::wake);
    }
}
