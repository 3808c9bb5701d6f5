package io.pando.server.connection;

import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.Map;

/** All event loops that serve clients. */
final class ServingLoops {
    private final Map<EventExecutor, ServingLoop> all = new HashMap<>();

    ServingLoops(Iterable<EventExecutor> loops) {
        loops.forEach(loop -> all.put(loop, new ServingLoop(loop)));
    }

    /** What the connections of {@code loop} share. Any thread. */
    ServingLoop of(EventExecutor loop) {
        ServingLoop serving = all.get(loop);
        if (serving == null) {
            throw new IllegalArgumentException("Serves no clients: " + loop);
        }
        return serving;
    }

    /** Wakes the event loops of all connections that were sent something, each once. Core thread. */
    void wake() {
        all.values().forEach(ServingLoop::wake);
    }
}
