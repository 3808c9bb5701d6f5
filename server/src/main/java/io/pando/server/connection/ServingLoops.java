package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** All event loops that serve clients. Where these, which add themselves with their first connection, and the core meet. */
final class ServingLoops {
    private final Map<EventExecutor, ServingLoop> byExecutor = new ConcurrentHashMap<>();
    // In the order in which they came: a map of event loops has another one in every process, and a simulation may not.
    private final Queue<ServingLoop> others = new ConcurrentLinkedQueue<>();
    private final Queue<ServingLoop> cores = new ConcurrentLinkedQueue<>();
    private final Predicate<EventExecutor> isCores;

    /** @param isCores whether an event loop is the core's own */
    ServingLoops(Predicate<EventExecutor> isCores) {
        this.isCores = isCores;
    }

    /** What the connections of {@code loop} share. Any thread. */
    ServingLoop of(EventExecutor loop) {
        return byExecutor.computeIfAbsent(loop, this::added);
    }

    private ServingLoop added(EventExecutor loop) {
        boolean isCore = isCores.test(loop);
        ServingLoop added = new ServingLoop(loop, isCore);
        (isCore ? cores : others).add(added);
        return added;
    }

    /** Wakes the event loops of all connections that were sent something, each once. Core thread, which serves its own meanwhile. */
    void wake() {
        others.forEach(ServingLoop::wake);
        cores.forEach(ServingLoop::wake);
    }
}
