package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All event loops that serve clients. Where these, which add themselves with their first connection, and the core meet. */
final class ServingLoops {
    private final Map<EventExecutor, ServingLoop> all = new ConcurrentHashMap<>();

    /** What the connections of {@code loop} share. Any thread. */
    ServingLoop of(EventExecutor loop) {
        return all.computeIfAbsent(loop, ServingLoop::new);
    }

    /** Wakes the event loops of all connections that were sent something, each once. Core thread. */
    void wake() {
        all.values().forEach(ServingLoop::wake);
    }
}
