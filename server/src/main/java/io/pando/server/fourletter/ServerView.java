package io.pando.server.fourletter;

import io.pando.server.config.ServerConfig;
import io.pando.server.figures.ConnectionFigures;
import io.pando.server.figures.ServerFigures;
import io.pando.zab.core.LeaderFigures;
import io.pando.zab.core.RoleView;
import io.pando.zab.model.Membership;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What four-letter words want to know of a server. Asked on any thread; every answer is of its own moment. */
public interface ServerView {

    /** Whether clients are served; otherwise most words have nothing to tell. */
    boolean isServing();

    /** Whether it is cut off from the others, and serves those who only read. */
    boolean isReadOnly();

    /** What this server is in its ensemble; one that is alone leads. */
    RoleView role();

    /** For how long it has been that. */
    long roleMs();

    /** Who belongs to the ensemble, as far as this server knows. */
    Membership membership();

    /** Whom this server leads, if it does. */
    LeaderFigures leading();

    ServerConfig config();

    /** The port that is really listened on, also when any free one was asked for. */
    int clientPort();

    long uptimeMs();

    /** Of the newest published tree. */
    long lastZxid();

    ServerFigures figures();

    /** Requests that have arrived and are not answered. */
    int outstandingRequests();

    TreeFigures tree();

    Collection<Connection> connections();

    Collection<Session> sessions();

    /** How many sessions only this server knows. */
    int localSessions();

    WatchFigures watchFigures();

    /** Watches, those of one session together, and so many at most; drawn from only as far as an answer goes. */
    Stream<Watch> watches(int most);

    /** Of the transaction log. */
    SyncFigures syncs();

    /** The latest digests of the state, oldest first; empty if none are kept. */
    List<Digest> digests();

    /**
     * The size of the tree.
     *
     * @param bytes of all paths and data
     */
    record TreeFigures(long znodes, long ephemerals, long bytes) {}

    /**
     * How much is watched.
     *
     * @param connections that watch anything
     * @param paths that are watched by anybody
     * @param watches pairs of both
     */
    record WatchFigures(long connections, long paths, long watches) {}

    record Watch(String path, long sessionId) {}

    /**
     * One that lives.
     *
     * @param expiresInMs from now, if the client stays silent
     */
    record Session(long id, int timeoutMs, long expiresInMs, Collection<String> ephemerals) {}

    record SyncFigures(long count, long nanosTotal, long nanosMax) {}

    record Digest(long zxid, long digest) {}

    /**
     * One that is open.
     *
     * @param sessionId 0 before the handshake
     * @param establishedMs when it was opened, in epoch time
     */
    record Connection(
            InetSocketAddress remote, long sessionId, int timeoutMs, long establishedMs, ConnectionFigures figures) {

        /** As ZooKeeper shows it: {@code /127.0.0.1:32982}, never with a name that would have to be looked up. */
        String address() {
            var ip = remote.getAddress() == null
                    ? remote.getHostString()
                    : remote.getAddress().getHostAddress();
            return "/" + ip + ":" + remote.getPort();
        }
    }
}
