package io.pando.client.shell;

import io.pando.client.BlockingConnection;
import io.pando.client.DisconnectedException;
import io.pando.client.RequestFailedException;
import io.pando.client.ServerList;
import io.pando.datatree.ZnodePath;
import io.pando.session.Reply;
import io.pando.session.Request;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Between commands and servers: puts the chroot in front of paths, and connects when somebody first asks, or asks again after the
 * connection was lost. Used by one thread.
 */
final class Connector implements AutoCloseable {
    private final ServerList servers;
    private final int timeoutMs;
    private @Nullable BlockingConnection connection;
    private boolean quit;

    Connector(ServerList servers, int timeoutMs) {
        this.servers = servers;
        this.timeoutMs = timeoutMs;
    }

    /** Asks about a path. */
    <R extends Reply> R ask(String path, Function<String, Request> request, Class<R> kind)
            throws RequestFailedException, DisconnectedException {
        return askNew(path, false, request, kind);
    }

    /** @param isPrefix whether the server will put something behind the path, so that it may end in a slash until then */
    <R extends Reply> R askNew(String path, boolean isPrefix, Function<String, Request> request, Class<R> kind)
            throws RequestFailedException, DisconnectedException {
        var problem = ZnodePath.problem(isPrefix ? path + "0" : path);
        if (problem != null) {
            throw new BadPathException(path + ": " + problem + ".");
        }
        return connected().ask(request.apply(withChroot(path)), kind);
    }

    private String withChroot(String path) {
        if (servers.chroot().equals(ZnodePath.ROOT)) {
            return path;
        }
        return path.equals(ZnodePath.ROOT) ? servers.chroot() : servers.chroot() + path;
    }

    String withoutChroot(String path) {
        return servers.chroot().equals(ZnodePath.ROOT)
                ? path
                : path.substring(servers.chroot().length());
    }

    private BlockingConnection connected() throws DisconnectedException {
        if (connection == null || !connection.isOpen()) {
            connection = BlockingConnection.open(servers, timeoutMs);
        }
        return connection;
    }

    /** Connects already, and says with whom. */
    String introduce() throws DisconnectedException {
        var connected = connected();
        return "Connected to " + connected.server() + ", session 0x" + Long.toHexString(connected.sessionId())
                + ", timeout " + connected.timeoutMs() + " ms";
    }

    void quit() {
        quit = true;
    }

    boolean hasQuit() {
        return quit;
    }

    ServerList servers() {
        return servers;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
