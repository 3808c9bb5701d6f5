package io.pando.test.bench.target;

import io.pando.test.bench.load.LoadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts servers and knows which run, so that none outlives this program: closed at its end, and by a shutdown hook.
 *
 * <p>Locked because those two are different threads.
 */
public final class Servers implements AutoCloseable {
    private final Installation installation;
    private final List<StartedTarget> running = new ArrayList<>();
    private boolean closed;

    public Servers(Installation installation) {
        this.installation = installation;
    }

    /** One, or several that agree, all with these settings besides the usual ones. Returns when they serve. */
    public StartedTarget start(ServerKind kind, int size, Map<String, String> settings) {
        var started = launch(kind, size, settings);
        started.awaitServing();
        return started;
    }

    private synchronized StartedTarget launch(ServerKind kind, int size, Map<String, String> settings) {
        if (closed) {
            throw new LoadException("No server is started while the program ends.");
        }
        try {
            var started = size == 1
                    ? new ServerProcess(kind, installation, Seat.alone().with(settings))
                    : new ServerEnsemble(kind, installation, size, settings);
            running.add(started);
            return started;
        } catch (IOException e) {
            throw new LoadException("Can't start a server: " + e.getMessage(), e);
        }
    }

    /** Ends one before its time. */
    public synchronized void end(StartedTarget server) {
        running.remove(server);
        server.close();
    }

    /** The processes that belong to us. */
    public synchronized List<Long> pids() {
        return running.stream().flatMap(server -> server.pids().stream()).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(running).forEach(this::end);
    }
}
