package io.pando.test.bench.target;

import io.pando.test.bench.load.LoadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts servers and knows which run, so that none outlives this program: closed at its end, and by a shutdown hook.
 *
 * <p>Locked because those two are different threads.
 */
public final class Servers implements AutoCloseable {
    private final Installation installation;
    private final List<ServerProcess> running = new ArrayList<>();
    private boolean closed;

    public Servers(Installation installation) {
        this.installation = installation;
    }

    /** Returns when it serves. */
    public ServerProcess start(ServerKind kind) {
        var server = launch(kind);
        server.awaitRead("/");
        return server;
    }

    private synchronized ServerProcess launch(ServerKind kind) {
        if (closed) {
            throw new LoadException("No server is started while the program ends.");
        }
        try {
            var server = new ServerProcess(kind, installation);
            running.add(server);
            return server;
        } catch (IOException e) {
            throw new LoadException("Can't start a server: " + e.getMessage(), e);
        }
    }

    /** Ends one before its time. */
    public synchronized void end(ServerProcess server) {
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
