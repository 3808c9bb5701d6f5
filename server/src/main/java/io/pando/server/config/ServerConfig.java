package io.pando.server.config;

import io.pando.zab.core.CoreConfig.Timing;
import io.pando.zab.model.Membership;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How one server is to run, complete and free of contradictions: {@link ConfigLoader} makes it, everything else only reads it.
 *
 * @param fourLetterWords commands that are answered; others get the refusal
 */
public record ServerConfig(
        ClientPort clientPort,
        Ensemble ensemble,
        Sessions sessions,
        Limits limits,
        Storage storage,
        Znodes znodes,
        Access access,
        Threads threads,
        Set<String> fourLetterWords) {
    static ServerConfig from(Settings settings, Ensemble ensemble, boolean withFile) {
        return new ServerConfig(
                ClientPort.from(settings, withFile),
                ensemble,
                Sessions.from(settings),
                Limits.from(settings),
                Storage.from(settings),
                Znodes.from(settings),
                Access.from(settings),
                Threads.from(settings),
                fourLetterWords(settings));
    }

    /** Clients that look for a server to write to ask all of them with {@code isro}: where that may end in "ro", it is answered. */
    private static Set<String> fourLetterWords(Settings settings) {
        Set<String> words = new LinkedHashSet<>(settings.get(ActiveKeys.FOUR_LETTER_WHITELIST));
        if (settings.get(ActiveKeys.READ_ONLY_MODE)) {
            words.add("isro");
        }
        return Set.copyOf(words);
    }

    /**
     * The same, for a server that others reach through something that stands between: they are told the address of that, this server
     * listens elsewhere.
     */
    public ServerConfig listeningForPeersAt(PeerListening place) {
        return new ServerConfig(
                clientPort,
                ensemble.listeningAt(place),
                sessions,
                limits,
                storage,
                znodes,
                access,
                threads,
                fourLetterWords);
    }

    /** Its {@code myid}; 0 for a server alone that has none. */
    public long serverId() {
        return ensemble.serverId();
    }

    /** The members as the configuration lists them, version 0; of a server alone, that server. */
    public Membership initialMembership() {
        return ensemble.initialMembership();
    }

    /** Whether the ensemble may begin its life before all participants are there. */
    public boolean genesisByQuorum() {
        return ensemble.genesisByQuorum();
    }

    /** How long servers wait for one another. */
    public Timing timing() {
        return ensemble.timing();
    }

    /** Whether it is an ensemble of one. */
    public boolean isAlone() {
        return ensemble.isAlone();
    }

    /**
     * Where clients connect.
     *
     * @param address host name or IP address; empty listens on all addresses
     * @param port 0 takes any free one
     * @param backlog connections that may wait to be accepted; -1 leaves it to the system
     */
    public record ClientPort(Optional<String> address, int port, int backlog, boolean tcpKeepAlive) {
        private static final String LOOPBACK = "127.0.0.1";

        /** With a file all addresses unless it says otherwise, as ZooKeeper; a server tried out without one stays private. */
        static ClientPort from(Settings settings, boolean withFile) {
            return new ClientPort(
                    settings.value(ActiveKeys.CLIENT_PORT_ADDRESS)
                            .or(() -> withFile ? Optional.empty() : Optional.of(LOOPBACK)),
                    settings.getInt(ActiveKeys.CLIENT_PORT),
                    settings.getInt(ActiveKeys.CLIENT_PORT_BACKLOG),
                    settings.get(ActiveKeys.CLIENT_TCP_KEEP_ALIVE));
        }

        /** Resolves the host name, which may take a while; an unknown one gives an unresolved address. */
        public InetSocketAddress bindAddress() {
            return address.map(host -> new InetSocketAddress(host, port)).orElseGet(() -> new InetSocketAddress(port));
        }

        @Override
        public String toString() {
            return address.map(host -> host + ":" + port).orElse("port " + port + " of all addresses");
        }
    }

    /**
     * How long sessions last.
     *
     * @param tickMs the granularity of their expiry
     */
    public record Sessions(int tickMs, int minTimeoutMs, int maxTimeoutMs) {
        private static final int MIN_TICKS = 2;
        private static final int MAX_TICKS = 20;

        static Sessions from(Settings settings) {
            var tickMs = settings.getInt(ActiveKeys.TICK_TIME);
            return new Sessions(
                    tickMs,
                    timeoutMs(settings, ActiveKeys.MIN_SESSION_TIMEOUT, MIN_TICKS * tickMs),
                    timeoutMs(settings, ActiveKeys.MAX_SESSION_TIMEOUT, MAX_TICKS * tickMs));
        }

        private static int timeoutMs(Settings settings, Key<Long> key, int fallbackMs) {
            return settings.value(key)
                    .filter(ms -> ms != -1)
                    .map(Math::toIntExact)
                    .orElse(fallbackMs);
        }
    }

    /**
     * What one client, and all together, may ask of the server. 0 connections means that there is no limit.
     *
     * @param requestBytes the largest frame that is read from a client
     * @param outstandingRequests requests in process above which connections are read more slowly
     * @param longMultiPartsPerSecond parts of long multis that all servers take in together; 0 for no limit
     */
    public record Limits(
            int requestBytes,
            int connectionsPerAddress,
            int connections,
            int outstandingRequests,
            int longMultiPartsPerSecond) {
        static Limits from(Settings settings) {
            return new Limits(
                    settings.getInt(ActiveKeys.MAX_REQUEST),
                    settings.getInt(ActiveKeys.MAX_CLIENT_CONNECTIONS),
                    settings.getInt(ActiveKeys.MAX_CONNECTIONS),
                    settings.getInt(ActiveKeys.OUTSTANDING_LIMIT),
                    settings.getInt(ActiveKeys.LONG_MULTI_PARTS));
        }
    }

    /**
     * What threads do besides their work.
     *
     * @param busyPoll for how long at most one that has just been busy looks for news before it sleeps; 0 and above
     * @param clientsOnCore so many clients at most are served by the thread of the core; 0 and above
     * @param clientLoops event loops that serve the others; 1 and above
     */
    public record Threads(Duration busyPoll, int clientsOnCore, int clientLoops) {
        private static final int NANOS_PER_MICRO = 1000;
        private static final int FEW_PROCESSORS = 2;
        private static final int CLIENTS_WHERE_PROCESSORS_ARE_FEW = 64;

        static Threads from(Settings settings) {
            return on(
                    Runtime.getRuntime().availableProcessors(),
                    Duration.ofNanos(settings.get(ActiveKeys.BUSY_POLL) * NANOS_PER_MICRO),
                    settings.value(ActiveKeys.CLIENTS_ON_CORE).map(Math::toIntExact));
        }

        /** As many loops as processors, that of the core among them where it serves clients: more would only get into one another's way. */
        static Threads on(int processors, Duration busyPoll, Optional<Integer> wishedOnCore) {
            int onCore = wishedOnCore.orElse(processors <= FEW_PROCESSORS ? CLIENTS_WHERE_PROCESSORS_ARE_FEW : 0);
            return new Threads(busyPoll, onCore, Math.max(1, onCore > 0 ? processors - 1 : processors));
        }
    }

    /**
     * Where and how the state is kept. Both directories are absolute, and may be the same.
     *
     * @param dataDir of the snapshots
     * @param logDir of the transaction log
     * @param createMissing whether a directory that isn't there is made rather than complained of
     * @param forceSync false acknowledges writes that are not on the disk yet
     * @param acceptLoss whether a damaged log is cut where the damage begins, for good, rather than refused
     * @param slowSyncMs a disk write that takes longer deserves a warning
     * @param segmentBytes size of a log segment
     * @param snapshotEveryTxns a snapshot is taken after so many transactions, ...
     * @param snapshotGrowthPercent ... if there is so much log as this part of the snapshot before, or ...
     * @param snapshotEveryBytes ... after so many bytes of log; {@link Long#MAX_VALUE} for no such limit
     * @param snapshotsKept how many snapshots a purge leaves, with the log they need
     * @param purge whether old snapshots and segments are ever removed
     */
    public record Storage(
            Path dataDir,
            Path logDir,
            boolean createMissing,
            boolean forceSync,
            boolean acceptLoss,
            int slowSyncMs,
            int segmentBytes,
            int snapshotEveryTxns,
            int snapshotGrowthPercent,
            long snapshotEveryBytes,
            int snapshotsKept,
            boolean purge) {
        private static final int KB = 1024;

        static Storage from(Settings settings) {
            var dataDir = absolute(settings.get(ActiveKeys.DATA_DIR));
            var snapshotEveryKb = settings.get(ActiveKeys.SNAP_SIZE);
            return new Storage(
                    dataDir,
                    settings.value(ActiveKeys.DATA_LOG_DIR)
                            .map(Storage::absolute)
                            .orElse(dataDir),
                    settings.get(ActiveKeys.AUTO_CREATE),
                    settings.get(ActiveKeys.FORCE_SYNC),
                    settings.get(ActiveKeys.ACCEPT_LOSS),
                    settings.getInt(ActiveKeys.SLOW_SYNC),
                    settings.getInt(ActiveKeys.SEGMENT_SIZE) * KB,
                    settings.getInt(ActiveKeys.SNAP_COUNT),
                    settings.getInt(ActiveKeys.SNAP_GROWTH),
                    snapshotEveryKb <= 0 ? Long.MAX_VALUE : snapshotEveryKb * KB,
                    Math.max(Combinations.FEWEST_SNAPSHOTS, settings.getInt(ActiveKeys.SNAPSHOTS_KEPT)),
                    settings.get(ActiveKeys.PURGE_INTERVAL) > 0);
        }

        private static Path absolute(String text) {
            return Path.of(text).toAbsolutePath().normalize();
        }
    }

    /**
     * What the tree allows and tidies up by itself.
     *
     * @param extendedTypes whether TTL znodes may be created
     * @param enforceQuota whether a hard quota refuses writes, or only makes the log mention them
     * @param reapEveryMs between two searches for empty containers and expired TTL znodes
     * @param reapedPerMinute at most so many of them are removed in a minute
     * @param containerNeverUsedMs after which a container that never had a child is removed too; 0 never
     */
    public record Znodes(
            boolean extendedTypes,
            boolean enforceQuota,
            int reapEveryMs,
            int reapedPerMinute,
            long containerNeverUsedMs) {
        static Znodes from(Settings settings) {
            return new Znodes(
                    settings.get(ActiveKeys.EXTENDED_TYPES),
                    settings.get(ActiveKeys.ENFORCE_QUOTA),
                    settings.getInt(ActiveKeys.CONTAINER_CHECK),
                    settings.getInt(ActiveKeys.CONTAINER_RATE),
                    settings.get(ActiveKeys.CONTAINER_NEVER_USED));
        }
    }

    /**
     * Who may do what.
     *
     * @param superDigest {@code user:hash} of the user whom no ACL stops
     * @param requiredSchemes a client must have authenticated with one of these; empty if none is demanded
     */
    public record Access(
            boolean skipAcl,
            boolean digestEnabled,
            String digestAlgorithm,
            Optional<Secret> superDigest,
            Set<String> requiredSchemes) {
        static Access from(Settings settings) {
            return new Access(
                    settings.get(ActiveKeys.SKIP_ACL),
                    settings.get(ActiveKeys.DIGEST_ENABLED),
                    settings.get(ActiveKeys.DIGEST_ALGORITHM),
                    settings.value(ActiveKeys.SUPER_DIGEST),
                    settings.get(ActiveKeys.ENFORCE_AUTH) ? settings.get(ActiveKeys.ENFORCED_SCHEMES) : Set.of());
        }
    }
}
