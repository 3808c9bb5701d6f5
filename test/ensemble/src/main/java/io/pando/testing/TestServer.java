package io.pando.testing;

import io.pando.server.HaltedException;
import io.pando.server.PandoServer;
import io.pando.server.StartException;
import io.pando.server.config.ConfigException;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.PeerListening;
import io.pando.server.config.Sources;
import io.pando.zab.core.RoleView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One server of a {@link TestEnsemble}. Its address stays the same through all that is done to it, and so does its data.
 *
 * <p>All methods may be called by any thread; each returns when what it says is true.
 */
public final class TestServer {
    private static final RoleView OUT_OF_REACH = new RoleView(RoleView.Kind.LOOKING, -1, 0, false);

    private final int id;
    private final Path dataDir;
    private final Links links;
    private final Relay clients;
    private final Relay peers;
    private final Relay snapshots;
    private final TestEnsemble ensemble;

    /** Written under this object's monitor by who starts and ends the server, read by who waits for it. */
    private volatile @Nullable PandoServer running;

    /** Written under this object's monitor by who pauses the server, read by who waits for others. */
    private volatile @Nullable Gate gate;

    TestServer(int id, Path dataDir, Links links, TestEnsemble ensemble) throws IOException {
        this.id = id;
        this.dataDir = dataDir;
        this.links = links;
        this.ensemble = ensemble;
        this.clients = new Relay(id, Caller.CLIENT, links);
        this.peers = new Relay(id, Caller.SERVER, links);
        this.snapshots = new Relay(id, Caller.SERVER, links);
    }

    /** Its number in the ensemble, from 1. */
    public int id() {
        return id;
    }

    /** For clients that are to be attached to this server alone: {@code host:port}. */
    public String connectString() {
        return Relay.HOST + ":" + clientPort();
    }

    /** Where clients connect, on 127.0.0.1. */
    public int clientPort() {
        return clients.port();
    }

    /** Where it keeps its data. */
    public Path dataDir() {
        return dataDir;
    }

    /** Whether it was started and neither killed nor stopped since; also while it is paused. */
    public boolean isRunning() {
        return running != null;
    }

    /** Whether it stands still. */
    public boolean isPaused() {
        return gate != null;
    }

    /** Whether it leads, and a quorum follows it. */
    public boolean isLeader() {
        return ensemble.findLeader().filter(leader -> leader == this).isPresent();
    }

    /**
     * Starts it with the data that it has. Returns when it serves clients; or, where too few servers hear each other for that, when it
     * runs.
     *
     * @throws IllegalStateException if it runs
     * @throws TestEnsembleException if it can't be started, or does not come to serve
     */
    public void start() {
        launch();
        ensemble.awaitServingIfPossible();
    }

    synchronized void launch() {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs already");
        }
        try {
            var config = ConfigLoader.load(Sources.of(settings()))
                    .config()
                    .listeningForPeersAt(new PeerListening(Optional.of(Relay.HOST), 0, 0));
            PandoServer started = PandoServer.start(config);
            started.peerPorts().ifPresent(ports -> {
                peers.leadTo(ports.messages());
                snapshots.leadTo(ports.snapshots());
            });
            running = started;
            clients.leadTo(started.clientPort());
            Thread.ofVirtual().name("pando-test-server-" + id).start(() -> awaitEndOf(started));
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (StartException e) {
            throw new TestEnsembleException(this + " can't be started. " + e.getMessage(), e);
        }
    }

    private void awaitEndOf(PandoServer server) {
        try {
            server.awaitStop();
        } catch (HaltedException e) {
            if (e.startsAnew()) {
                startAnew(server);
            }
        }
    }

    /** As {@code bin/pando server} does where a tree has turned out to be wrong: this start sets the data aside and gets it from the others. */
    private synchronized void startAnew(PandoServer ended) {
        if (running == ended) {
            leave();
            ended.halt();
            launch();
        }
    }

    private String[] settings() {
        List<String> all = new ArrayList<>(ensemble.settings());
        all.add("myid=" + id);
        all.add("dataDir=" + dataDir);
        all.add("clientPort=0");
        all.add("clientPortAddress=" + Relay.HOST);
        return all.toArray(String[]::new);
    }

    /** How the configuration of all servers describes this one. */
    String line() {
        return "server." + id + "=" + Relay.HOST + ":" + peers.port() + ":" + snapshots.port() + ";" + connectString();
    }

    /**
     * Ends it as a crash of its process would: its connections break, nothing is handed over, what was not written is lost. What was
     * written stays, as it would: only the loss of power takes more, and that can't be shown here. Does nothing if it does not run.
     */
    public synchronized void kill() {
        PandoServer server = running;
        if (server != null) {
            leave();
            server.halt();
        }
    }

    /**
     * Stops it in order, as SIGTERM does: a leader hands over first. Does nothing if it does not run.
     *
     * @throws IllegalStateException if it is paused: it would not hear the signal
     */
    public synchronized void stop() {
        PandoServer server = running;
        if (server != null) {
            if (isPaused()) {
                throw new IllegalStateException(this + " is paused; resume it, or kill it");
            }
            server.stop();
            leave();
        }
    }

    /** Nobody reaches it any more. */
    private void leave() {
        clients.leadNowhere();
        peers.leadNowhere();
        snapshots.leadNowhere();
        running = null;
        proceed();
    }

    /**
     * Has it stand still, as a long pause of its process would: it decides, applies and expires nothing, nobody hears it and it hears
     * nobody, and its connections stay open. Does nothing if it stands still already.
     *
     * @throws IllegalStateException if it does not run
     */
    public synchronized void pause() {
        PandoServer server = running;
        if (server == null) {
            throw new IllegalStateException(this + " does not run");
        }
        if (!isPaused()) {
            Gate closed = new Gate();
            gate = closed;
            links.freeze(id);
            ensemble.patience().until(this + " is told to stand still", () -> server.standStill(closed::stand));
            ensemble.patience().until(this + " stands still", closed::isReached);
        }
    }

    /** Has it go on; what was held back meanwhile arrives. Does nothing if it isn't paused. */
    public synchronized void resume() {
        proceed();
    }

    private void proceed() {
        Gate closed = gate;
        if (closed != null) {
            gate = null;
            closed.open();
            links.thaw(id);
        }
    }

    /** Breaks the connections of all clients that are attached to it now. They are welcome again at once. */
    public void disconnectClients() {
        clients.breakConnections();
    }

    RoleView role() {
        PandoServer server = running;
        return server == null ? OUT_OF_REACH : server.view().role();
    }

    boolean isServing() {
        PandoServer server = running;
        return server != null && server.view().isServing();
    }

    boolean knows(long sessionId) {
        PandoServer server = running;
        return server != null && server.hasSession(sessionId);
    }

    /** Ends a session if it leads; may have to be said again. */
    void expire(long sessionId) {
        PandoServer server = running;
        if (server != null) {
            server.expire(sessionId);
        }
    }

    /** Gives back everything but the data. */
    synchronized void close() {
        kill();
        clients.close();
        peers.close();
        snapshots.close();
    }

    /** What it does, for messages. */
    String describe() {
        if (!isRunning()) {
            return this + " does not run";
        }
        RoleView role = role();
        return this + (isPaused() ? " is paused as " : " is ") + role.kind() + " in epoch " + role.epoch()
                + (role.leader() < 0 ? " without a leader" : ", leader " + role.leader())
                + (isServing() ? "" : ", and serves nobody");
    }

    @Override
    public String toString() {
        return "Server " + id;
    }
}
