package io.pando.server.fourletter;

import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.ServerConfig;
import io.pando.server.config.Sources;
import io.pando.server.figures.ConnectionFigures;
import io.pando.server.figures.ServerFigures;
import io.pando.zab.core.LeaderFigures;
import io.pando.zab.core.RoleView;
import io.pando.zab.model.Membership;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A server as a test wants it to look. */
final class AView implements ServerView {
    final ServerFigures figures = new ServerFigures();
    final List<Connection> connections = new ArrayList<>();
    final List<Session> sessions = new ArrayList<>();
    final List<Watch> watches = new ArrayList<>();
    private final ServerConfig config;
    boolean serving = true;
    RoleView role = new RoleView(RoleView.Kind.LEADING, 0, 1, true);

    AView(String... settings) {
        try {
            config = ConfigLoader.load(Sources.of(settings)).config();
        } catch (ConfigException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    static AView allowingAll() {
        return new AView("4lw.commands.whitelist=*", "dataDir=/nowhere/data", "tickTime=2000");
    }

    /** Server 1 of three that decide, in groups of their own, and one that observes. */
    static AView ofEnsemble() {
        return new AView(
                "4lw.commands.whitelist=*",
                "dataDir=/nowhere/data",
                "myid=1",
                "server.1=zoo1:2888:3888;2181",
                "server.2=zoo2:2888:3888;2181",
                "server.3=zoo3:2888:3888;2181",
                "server.4=zoo4:2888:3888:observer;2181",
                "group.1=1:2",
                "group.2=3",
                "weight.2=2");
    }

    Connection connect(int port, long sessionId) {
        var remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var connection = new Connection(remote, sessionId, 10_000, 1_795_377_320_178L, new ConnectionFigures());
        connections.add(connection);
        return connection;
    }

    String answers(String word) {
        return new FourLetterWords(this).answer(word, new byte[4]);
    }

    @Override
    public boolean isServing() {
        return serving;
    }

    AView as(RoleView.Kind kind) {
        role = new RoleView(kind, 1, 3, kind != RoleView.Kind.LOOKING);
        return this;
    }

    @Override
    public RoleView role() {
        return role;
    }

    @Override
    public long roleMs() {
        return 1482;
    }

    @Override
    public Membership membership() {
        return config.initialMembership().withVersion(0x100000000L);
    }

    @Override
    public LeaderFigures leading() {
        return new LeaderFigures(3, 2, 1, 1, 1, 4);
    }

    @Override
    public boolean isReadOnly() {
        return serving && role.kind() == RoleView.Kind.LOOKING;
    }

    @Override
    public int localSessions() {
        return isReadOnly() ? 1 : 0;
    }

    @Override
    public ServerConfig config() {
        return config;
    }

    @Override
    public int clientPort() {
        return 29181;
    }

    @Override
    public long uptimeMs() {
        return 2964;
    }

    @Override
    public long lastZxid() {
        return 0x100000005L;
    }

    @Override
    public ServerFigures figures() {
        return figures;
    }

    @Override
    public int outstandingRequests() {
        return 0;
    }

    @Override
    public TreeFigures tree() {
        return new TreeFigures(8, 2, 64);
    }

    @Override
    public Collection<Connection> connections() {
        return connections;
    }

    @Override
    public Collection<Session> sessions() {
        return sessions;
    }

    @Override
    public WatchFigures watchFigures() {
        return new WatchFigures(2, 2, watches.size());
    }

    @Override
    public Stream<Watch> watches(int most) {
        return watches.stream().limit(most);
    }

    @Override
    public SyncFigures syncs() {
        return new SyncFigures(4, 6_000_000, 3_000_000);
    }

    @Override
    public List<Digest> digests() {
        return List.of(new Digest(0x100000005L, 42));
    }
}
