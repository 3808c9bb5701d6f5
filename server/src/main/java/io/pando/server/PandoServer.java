package io.pando.server;

import io.pando.server.auth.AccessControl;
import io.pando.server.config.Secret;
import io.pando.server.config.ServerConfig;
import io.pando.server.connection.ClientPort;
import io.pando.server.connection.ConnectionRules;
import io.pando.server.connection.Listening;
import io.pando.server.core.Core;
import io.pando.server.core.CoreConfig;
import io.pando.server.core.ReaperConfig;
import io.pando.server.core.SessionLimits;
import io.pando.server.core.ThreadedCoreHost;
import io.pando.server.core.Ticks;
import io.pando.server.figures.ServerFigures;
import io.pando.server.fourletter.FourLetterWords;
import io.pando.server.fourletter.ServerView;
import io.pando.server.request.Preparation;
import io.pando.server.request.QuotaRules;
import io.pando.server.request.WriteRules;
import io.pando.server.socket.PortUnavailableException;
import io.pando.server.watch.Publication;
import io.pando.zab.log.DirectoryInUseException;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.runtime.EnsembleConfig;
import io.pando.zab.runtime.Halt;
import io.pando.zab.runtime.PeerPorts;
import io.pando.zab.runtime.ThreadedHost;
import io.pando.zab.runtime.ZabConfig;
import io.pando.zab.runtime.ZabNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running server: the place where everything is put together.
 *
 * <p>Several live happily in one JVM, each with its own threads, directories and port.
 */
public final class PandoServer {
    private static final Logger log = LoggerFactory.getLogger(PandoServer.class);
    private static final int LOOKS_PER_TICK = 4;
    private static final long WRAP_UP_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long HANDOVER_NANOS = Duration.ofMillis(500).toNanos();
    private static final long HANDOVER_LOOK_NANOS = Duration.ofMillis(2).toNanos();
    private static final int LONGEST_LOOK_MS = 250;

    /** A look at the clock that is later than this says that the whole process stood still. */
    private static final int PAUSE_MS = 500;

    private final ClientPort clientPort;
    private final Core core;
    private final ZabNode zab;
    private final Publication publication;
    private final ServerView view;
    private final InetSocketAddress address;

    /** Completed when the server has stopped; with a message if it had to stop itself. */
    private final CompletableFuture<Optional<HaltedException>> ending;

    /** Also a server that stopped itself has threads, a port and a lock to give back, once. */
    private final AtomicBoolean released = new AtomicBoolean();

    private PandoServer(
            ClientPort clientPort,
            Core core,
            ZabNode zab,
            Publication publication,
            ServerView view,
            InetSocketAddress address,
            CompletableFuture<Optional<HaltedException>> ending) {
        this.clientPort = clientPort;
        this.core = core;
        this.zab = zab;
        this.publication = publication;
        this.view = view;
        this.address = address;
        this.ending = ending;
    }

    /**
     * Recovers what is stored, then opens the client port.
     *
     * @throws StartException if the data can't be had or vouched for, or the port is taken
     */
    public static PandoServer start(ServerConfig config) throws StartException {
        var ending = new CompletableFuture<Optional<HaltedException>>();
        var access = accessControl(config.access());
        var threads = config.threads();
        var figures = new ServerFigures();
        var host = new ThreadedHost(threads.busyPoll());
        var clientPort = new ClientPort(
                host.coreThread(),
                threads.clientsOnCore(),
                threads.clientLoops(),
                threads.busyPoll(),
                HeapShares.ofThisJvm().unreadBytes());
        var core = new Core(
                coreConfig(config),
                new ThreadedCoreHost(host.coreThread()),
                figures,
                preparation(config, access),
                clientPort::wakeClients,
                failure -> halted(ending, new Halt("the core met what must not happen", failure)));
        ZabNode zab;
        try {
            zab = openStorage(config, host, core, figures, ending);
        } catch (StartException | RuntimeException | Error e) {
            clientPort.stop();
            host.close();
            throw e;
        }
        Publication publication = core.start(zab, access);
        try {
            var view = new LiveView(config, core, publication, zab, clientPort.connections(), figures);
            var words = new FourLetterWords(view);
            InetSocketAddress address = clientPort.open(listening(config), core, publication, access, figures, words);
            view.servesOn(address.getPort());
            clientPort.every(lookEveryMs(config), core::tick);
            return new PandoServer(clientPort, core, zab, publication, view, address, ending);
        } catch (PortUnavailableException e) {
            stop(clientPort, core, zab);
            throw new StartException(StartException.Reason.PORT_UNAVAILABLE, messageOf(e), e);
        } catch (RuntimeException | Error e) {
            stop(clientPort, core, zab);
            throw e;
        }
    }

    private static ZabNode openStorage(
            ServerConfig config,
            ThreadedHost host,
            Core core,
            ServerFigures figures,
            CompletableFuture<Optional<HaltedException>> ending)
            throws StartException {
        try {
            requireDirectories(config.storage());
            var zab = ZabNode.start(
                    zabConfig(config.storage()).withEnsemble(ensembleConfig(config)),
                    host,
                    new RealFileSystem(),
                    core.stateMachine(),
                    new SplittableRandom(),
                    core::doorbell,
                    halt -> halted(ending, halt));
            tellOfEvidence(zab, figures);
            return zab;
        } catch (IOException e) {
            var reason = e instanceof DirectoryInUseException
                    ? StartException.Reason.DATA_IN_USE
                    : StartException.Reason.STORAGE_UNUSABLE;
            throw new StartException(reason, messageOf(e), e);
        }
    }

    private static void tellOfEvidence(ZabNode zab, ServerFigures figures) throws IOException {
        try {
            if (zab.keepsEvidence()) {
                figures.digestMismatch(); // of its life before, until somebody has looked into it
            }
        } catch (IOException | RuntimeException | Error e) {
            close(zab::abandon);
            throw e;
        }
    }

    /** Where directories are not to be made, a disk that is not mounted is not taken for that of a new server. */
    private static void requireDirectories(ServerConfig.Storage storage) throws IOException {
        for (Path directory : List.of(storage.dataDir(), storage.logDir())) {
            if (!storage.createMissing() && !Files.isDirectory(directory)) {
                throw new FileNotFoundException(
                        "Directory " + directory + " is not there, and datadir.autocreate=false forbids making it.");
            }
        }
    }

    private static String messageOf(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private static void halted(CompletableFuture<Optional<HaltedException>> ending, Halt halt) {
        if (!halt.startsAnew()) {
            log.error("This server stops itself: {}", halt.reason(), halt.cause());
        }
        ending.complete(Optional.of(new HaltedException(halt.reason(), halt.startsAnew())));
    }

    private static AccessControl accessControl(ServerConfig.Access config) {
        return new AccessControl(
                config.digestEnabled() ? config.digestAlgorithm() : null,
                config.superDigest().map(Secret::reveal).orElse(null),
                !config.skipAcl());
    }

    private static Preparation preparation(ServerConfig config, AccessControl access) {
        var znodes = config.znodes();
        return new Preparation(
                new WriteRules(access, new QuotaRules(znodes.enforceQuota()), znodes.extendedTypes(), false));
    }

    private static CoreConfig coreConfig(ServerConfig config) {
        var sessions = config.sessions();
        var znodes = config.znodes();
        return new CoreConfig(
                (int) config.serverId(),
                new SessionLimits(sessions.tickMs(), sessions.minTimeoutMs(), sessions.maxTimeoutMs()),
                new ReaperConfig(znodes.reapEveryMs(), znodes.reapedPerMinute(), znodes.containerNeverUsedMs()),
                new Ticks(lookEveryMs(config), PAUSE_MS),
                HeapShares.ofThisJvm().underWayBytes(),
                config.ensemble().readOnlyMode());
    }

    private static int lookEveryMs(ServerConfig config) {
        return Math.max(1, Math.min(LONGEST_LOOK_MS, config.sessions().tickMs() / LOOKS_PER_TICK));
    }

    private static ZabConfig zabConfig(ServerConfig.Storage storage) {
        return ZabConfig.in(storage.dataDir())
                .withLogDir(storage.logDir())
                .withForceSync(storage.forceSync())
                .withAcceptLoss(storage.acceptLoss())
                .withSegmentBytes(storage.segmentBytes())
                .withSnapshotEveryTxns(storage.snapshotEveryTxns())
                .withSnapshotGrowthPercent(storage.snapshotGrowthPercent())
                .withSnapshotEveryBytes(storage.snapshotEveryBytes())
                .withSnapshotsKept(storage.purge() ? storage.snapshotsKept() : Integer.MAX_VALUE)
                .withFsyncWarning(Duration.ofMillis(storage.slowSyncMs()));
    }

    private static EnsembleConfig ensembleConfig(ServerConfig config) {
        if (config.isAlone()) {
            return EnsembleConfig.alone(config.serverId());
        }
        var listening = config.ensemble().listening();
        return EnsembleConfig.member(
                        config.serverId(), config.initialMembership(), listening.peerAddress(), listening.bulkAddress())
                .withGenesisByQuorum(config.genesisByQuorum())
                .withTiming(config.timing())
                .withHistoryBytes(HeapShares.ofThisJvm().historyBytes())
                .withFrames(FrameLimits.forRequestsOf(config.limits().requestBytes()));
    }

    private static Listening listening(ServerConfig config) {
        var port = config.clientPort();
        var limits = config.limits();
        return new Listening(
                port.bindAddress(),
                port.backlog(),
                port.tcpKeepAlive(),
                limits.connections(),
                limits.connectionsPerAddress(),
                limits.longMultiPartsPerSecond(),
                new ConnectionRules(
                        limits.requestBytes(),
                        limits.outstandingRequests(),
                        config.access().requiredSchemes()));
    }

    /** Where clients connect, with the port that was really taken. */
    public InetSocketAddress address() {
        return address;
    }

    /** The port that was really taken. */
    public int clientPort() {
        return address.getPort();
    }

    /** The ports that were really taken for other servers; empty if it is alone. */
    public Optional<PeerPorts> peerPorts() {
        return zab.peerPorts();
    }

    /** What it is and does, at the moment of each question. */
    public ServerView view() {
        return view;
    }

    /** Whether a session lives, as far as this server knows. */
    public boolean hasSession(long sessionId) {
        return publication.root().session(sessionId) != null;
    }

    /**
     * Ends a session as if nothing had been heard of it for its whole timeout. Returns at once; does nothing if this server does not lead.
     *
     * @return false if the server is too busy to be told: try again
     */
    public boolean expire(long sessionId) {
        return core.expire(sessionId);
    }

    /**
     * Decides, applies and expires nothing until {@code until} has returned, as when the process does not get to run. Returns at once.
     *
     * @param until run on the core thread
     * @return false if the server is too busy to be told: try again
     */
    public boolean standStill(Runnable until) {
        return core.standStill(until);
    }

    /** Ends the server as a crash would: nothing is handed over, finished or flushed. Its threads, ports and lock are given back. */
    public void halt() {
        ending.complete(Optional.empty());
        if (released.compareAndSet(false, true)) {
            core.halt();
            clientPort.close();
            clientPort.stop();
            close(zab::abandon);
        }
    }

    /** Ends the server: closes connections, makes durable what was proposed, unlocks the data. May be called again. */
    public void stop() {
        boolean inOrder = ending.complete(Optional.empty());
        if (released.compareAndSet(false, true)) {
            if (inOrder) {
                wrapUp();
            }
            handOver();
            stop(clientPort, core, zab);
        }
    }

    /** What makes the next start short is done while clients are still served. */
    private void wrapUp() {
        var done = new CountDownLatch(1);
        if (core.wrapUp(done::countDown)) {
            try {
                done.await(WRAP_UP_NANOS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever is in a hurry
            }
        }
    }

    /** A leader that stops lets another one take over first: that costs clients less than an election. */
    private void handOver() {
        if (!zab.role().isLeading() || zab.leading().learners() == 0) {
            return;
        }
        boolean told = false;
        long deadline = System.nanoTime() + HANDOVER_NANOS;
        while (zab.role().isLeading() && System.nanoTime() < deadline) {
            told = told || core.resign();
            LockSupport.parkNanos(this, HANDOVER_LOOK_NANOS);
        }
    }

    private static void stop(ClientPort clientPort, Core core, ZabNode zab) {
        clientPort.close();
        core.stop();
        clientPort.stop();
        close(zab::close);
    }

    private interface Closing {
        void close() throws IOException;
    }

    private static void close(Closing storage) {
        try {
            storage.close();
        } catch (IOException e) {
            log.error("The storage could not be closed in order; the next start finds out what it holds", e);
        }
    }

    /**
     * Waits until the server has ended.
     *
     * @throws HaltedException if it ended itself
     */
    public void awaitStop() {
        ending.join().ifPresent(halted -> {
            throw halted;
        });
    }
}
