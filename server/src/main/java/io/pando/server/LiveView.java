package io.pando.server;

import io.pando.datatree.SessionState;
import io.pando.datatree.Tree;
import io.pando.server.config.ServerConfig;
import io.pando.server.connection.Connections;
import io.pando.server.connection.OpenConnection;
import io.pando.server.core.Core;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.ServerView;
import io.pando.server.watch.Publication;
import io.pando.server.watch.Watcher;
import io.pando.zab.core.LeaderFigures;
import io.pando.zab.core.RoleView;
import io.pando.zab.log.LogFigures;
import io.pando.zab.model.Membership;
import io.pando.zab.runtime.ZabNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running server as four-letter words see it. Any thread; every answer is of its own moment. */
final class LiveView implements ServerView {
    private final ServerConfig config;
    private final Core core;
    private final Publication publication;
    private final ZabNode zab;
    private final Connections connections;
    private final ServerFigures figures;
    private final long startedNanos = System.nanoTime();

    /** Set when the port is open, which is after this was made. */
    private volatile int clientPort;

    LiveView(
            ServerConfig config,
            Core core,
            Publication publication,
            ZabNode zab,
            Connections connections,
            ServerFigures figures) {
        this.config = config;
        this.core = core;
        this.publication = publication;
        this.zab = zab;
        this.connections = connections;
        this.figures = figures;
    }

    void servesOn(int port) {
        clientPort = port;
    }

    @Override
    public boolean isServing() {
        return clientPort != 0 && (role().active() || isReadOnly());
    }

    @Override
    public RoleView role() {
        return core.role();
    }

    @Override
    public boolean isReadOnly() {
        return core.isReadOnly();
    }

    @Override
    public int localSessions() {
        return core.localSessions();
    }

    @Override
    public long roleMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - zab.roleSinceNanos());
    }

    @Override
    public Membership membership() {
        return zab.membership();
    }

    @Override
    public LeaderFigures leading() {
        return zab.leading();
    }

    @Override
    public ServerConfig config() {
        return config;
    }

    @Override
    public int clientPort() {
        return clientPort;
    }

    @Override
    public long uptimeMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    @Override
    public long lastZxid() {
        return publication.root().zxid();
    }

    @Override
    public ServerFigures figures() {
        return figures;
    }

    @Override
    public int outstandingRequests() {
        return core.outstanding();
    }

    @Override
    public TreeFigures tree() {
        Tree root = publication.root();
        return new TreeFigures(root.nodeCount(), root.ephemeralCount(), root.dataBytes());
    }

    @Override
    public Collection<Connection> connections() {
        return connections.all().stream().map(LiveView::described).toList();
    }

    private static Connection described(OpenConnection open) {
        return new Connection(open.remote(), open.sessionId(), open.timeoutMs(), open.openedMs(), open.figures());
    }

    @Override
    public Collection<Session> sessions() {
        Tree root = publication.root();
        long nowMs = core.nowMs();
        return core.sessions().stream()
                .map(session -> new Session(
                        session.id(),
                        session.timeoutMs(),
                        session.lastHeardMs() + session.timeoutMs() - nowMs,
                        ephemeralsOf(root.session(session.id()))))
                .toList();
    }

    private static List<String> ephemeralsOf(@Nullable SessionState session) {
        List<String> paths = new ArrayList<>();
        if (session != null) {
            session.forEachEphemeral(paths::add);
        }
        return paths;
    }

    @Override
    public WatchFigures watchFigures() {
        return publication.watching(
                (root, watches) -> new WatchFigures(watches.watcherCount(), watches.pathCount(), watches.watchCount()));
    }

    /** Looks at one connection after another: nothing is published while one looks, so that must never take long. */
    @Override
    public Stream<Watch> watches(int most) {
        List<Watcher> watchers = publication.watching((root, table) -> table.watchers());
        return watchers.stream().flatMap(watcher -> watchesOf(watcher, most)).limit(most);
    }

    private Stream<Watch> watchesOf(Watcher watcher, int most) {
        List<String> paths = publication.watching((root, table) -> table.pathsOf(watcher, most));
        return paths.stream().map(path -> new Watch(path, watcher.sessionId()));
    }

    @Override
    public SyncFigures syncs() {
        LogFigures log = zab.figures();
        return new SyncFigures(log.syncs(), log.syncNanosTotal(), log.syncNanosMax());
    }

    @Override
    public List<Digest> digests() {
        Tree root = publication.root();
        return List.of(new Digest(root.zxid(), root.digest()));
    }
}
