package io.pando.server.config;

import io.pando.server.config.ValueType.Choice;
import io.pando.server.config.ValueType.HashAlgorithm;
import io.pando.server.config.ValueType.SecretText;
import io.pando.server.config.ValueType.Text;
import io.pando.server.config.ValueType.WholeNumber;
import io.pando.server.config.ValueType.Words;
import io.pando.server.config.ValueType.YesNo;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys that this version obeys: the first half of the table of keys. */
final class ActiveKeys {
    private static final int MAX = Integer.MAX_VALUE;
    private static final YesNo YES_NO = new YesNo();
    private static final Text PATH = new Text(Pattern.compile("[^\\x00]+"), "a path");

    static final List<String> FOUR_LETTER_WORDS = List.of(
            "conf", "cons", "crst", "dirs", "dump", "envi", "gtmk", "hash", "isro", "mntr", "ruok", "srst", "srvr",
            "stat", "stmk", "wchc", "wchp", "wchs");

    // Where clients connect.
    static final Key<Long> CLIENT_PORT =
            Key.of("clientPort", new WholeNumber(0, 65535), "2181", "TCP port for clients; 0 takes any free one");
    static final Key<String> CLIENT_PORT_ADDRESS = Key.optional(
            "clientPortAddress",
            new Text(Pattern.compile("[\\w.:%\\[\\]-]+"), "a host name or an IP address"),
            "all addresses with a configuration file, 127.0.0.1 without one",
            "address that the client port listens on");
    static final Key<Long> CLIENT_PORT_BACKLOG = Key.of(
            "clientPortListenBacklog",
            new WholeNumber(-1, MAX),
            "-1",
            "connections that may wait to be accepted; -1 leaves it to the system");
    static final Key<Boolean> CLIENT_TCP_KEEP_ALIVE =
            Key.of("clientTcpKeepAlive", YES_NO, "false", "TCP keep-alive on client connections");

    // Sessions.
    static final Key<Long> TICK_TIME =
            Key.of("tickTime", new WholeNumber(1, 600_000), "3000", "ms; the unit of session timeouts");
    static final Key<Long> MIN_SESSION_TIMEOUT =
            Key.optional("minSessionTimeout", new WholeNumber(-1, MAX), "2 ticks", "ms; -1 means the default");
    static final Key<Long> MAX_SESSION_TIMEOUT =
            Key.optional("maxSessionTimeout", new WholeNumber(-1, MAX), "20 ticks", "ms; -1 means the default");

    // Limits.
    static final Key<Long> MAX_CLIENT_CONNECTIONS = Key.of(
            "maxClientCnxns", new WholeNumber(0, MAX), "60", "connections from one IP address; 0 removes the limit");
    static final Key<Long> MAX_CONNECTIONS =
            Key.of("maxCnxns", new WholeNumber(0, MAX), "0", "connections in all; 0 removes the limit");
    static final Key<Long> MAX_REQUEST =
            Key.of("jute.maxbuffer", new WholeNumber(1024, 1 << 29), "1048575", "bytes; the largest request");
    static final Key<Long> OUTSTANDING_LIMIT = Key.of(
            "globalOutstandingLimit",
            new WholeNumber(1, MAX),
            "1000",
            "requests in process above which connections are read more slowly");
    static final Key<Long> LONG_MULTI_PARTS = Key.of(
            "longMultiPartsPerSecond",
            new WholeNumber(0, MAX),
            "10000",
            "parts of long multis taken in by all servers together, besides the first 1000 of each; what exceeds that"
                    + " waits; 0 removes the limit");
    static final Key<Long> BUSY_POLL = Key.of(
            "busyPoll",
            new WholeNumber(0, 10_000),
            "200",
            "µs; for so long at most a thread that has just been busy looks for news before it sleeps; 0 saves power"
                    + " and costs latency");
    static final Key<Long> CLIENTS_ON_CORE = Key.optional(
            "clientsOnCore",
            new WholeNumber(0, 1000),
            "64 on two processors or one, else 0",
            "so many clients at most are served by the thread of the core, without any other in between");

    // The ensemble; MemberKey has the rest.
    static final Key<Long> MY_ID = Key.optional(
            "myid",
            MyId.RANGE,
            "what the file myid in dataDir says",
            "the N of this server's own server.N line; needed where there are several");
    static final Key<String> PEER_TYPE = Key.optional(
            "peerType",
            new Choice(List.of("participant", "observer")),
            "what the server's own line says",
            "only a check: must say the same as the line");
    static final Key<String> GENESIS = Key.of(
            "genesis",
            new Choice(List.of(Ensemble.BY_ALL, Ensemble.BY_QUORUM)),
            Ensemble.BY_ALL,
            "which participants must be there when an ensemble with empty disks begins its life");
    static final Key<Long> INIT_LIMIT = Key.of(
            "initLimit",
            new WholeNumber(1, MAX),
            "10",
            "ticks; servers get no longer to find together, usually 1 s are enough");
    static final Key<Long> SYNC_LIMIT = Key.of(
            "syncLimit",
            new WholeNumber(1, MAX),
            "5",
            "ticks; after no longer silence servers give one another up, usually after 600 ms");
    static final Key<Boolean> LISTEN_ON_ALL = Key.of(
            "quorumListenOnAllIPs",
            YES_NO,
            "false",
            "whether other servers are listened to on all addresses rather than on the listed one");
    static final Key<Boolean> READ_ONLY_MODE = Key.of(
            "readonlymode.enabled",
            YES_NO,
            "false",
            "whether clients that accept it may read from a server that is cut off from the others");

    // Storage.
    static final Key<String> DATA_DIR = Key.of(
            "dataDir", PATH, "data", "directory of snapshots; a relative one is taken from the working directory");
    static final Key<String> DATA_LOG_DIR =
            Key.optional("dataLogDir", PATH, "the same as dataDir", "directory of the transaction log");
    static final Key<Boolean> AUTO_CREATE =
            Key.of("datadir.autocreate", YES_NO, "true", "whether missing directories are made at the start");
    static final Key<Boolean> FORCE_SYNC = Key.of(
            "forceSync", YES_NO, "yes", "whether a write is on the disk before it is acknowledged; no risks losing it");
    static final Key<Boolean> ACCEPT_LOSS = Key.of(
            "recovery.acceptLoss",
            YES_NO,
            "no",
            "starts although the log is damaged, without what can't be read; for one start, when nothing better is"
                    + " left");
    static final Key<Long> SLOW_SYNC = Key.of(
            "fsync.warningthresholdms",
            new WholeNumber(0, MAX),
            "1000",
            "ms; a slower disk write is logged as a warning");
    static final Key<Long> SEGMENT_SIZE = Key.of(
            "preAllocSize",
            new WholeNumber(1024, 1 << 20),
            "65536",
            "KB; the size of a log segment, allocated at once");
    static final Key<Long> SNAP_COUNT = Key.of(
            "snapCount",
            new WholeNumber(2, MAX),
            "100000",
            "transactions between two snapshots, at least, unless hardly anything is written any more");
    static final Key<Long> SNAP_GROWTH = Key.of(
            "snapGrowthPercent",
            new WholeNumber(0, 10_000),
            "100",
            "log between two snapshots, at least, as a part of the snapshot before; 0 leaves it to snapCount");
    static final Key<Long> SNAP_SIZE = Key.of(
            "snapSizeLimitInKb",
            new WholeNumber(-1, 1L << 40),
            "4194304",
            "KB of log between two snapshots, at most; 0 or less sets no such limit");
    static final Key<Long> SNAPSHOTS_KEPT = Key.of(
            "autopurge.snapRetainCount",
            new WholeNumber(0, MAX),
            "3",
            "snapshots kept, with the log after the oldest; 3 at least");
    static final Key<Long> PURGE_INTERVAL = Key.of(
            "autopurge.purgeInterval",
            new WholeNumber(0, MAX),
            "1",
            "0 keeps every file for ever; any other number removes old ones as soon as a snapshot replaces them");

    // Znodes.
    static final Key<Boolean> EXTENDED_TYPES =
            Key.of("extendedTypesEnabled", YES_NO, "true", "whether znodes with a TTL may be created");
    static final Key<Boolean> ENFORCE_QUOTA = Key.of(
            "enforceQuota", YES_NO, "false", "whether a write above a hard quota is refused; false only logs it");
    static final Key<Long> CONTAINER_CHECK = Key.of(
            "znode.container.checkIntervalMs",
            new WholeNumber(1, MAX),
            "60000",
            "ms between two searches for empty containers and expired TTL znodes");
    static final Key<Long> CONTAINER_RATE = Key.of(
            "znode.container.maxPerMinute",
            new WholeNumber(1, MAX),
            "10000",
            "containers and TTL znodes removed in a minute");
    static final Key<Long> CONTAINER_NEVER_USED = Key.of(
            "znode.container.maxNeverUsedIntervalMs",
            new WholeNumber(0, Long.MAX_VALUE),
            "0",
            "ms after which a container that never had a child is removed; 0 keeps it");

    // Who may do what.
    static final Key<Boolean> SKIP_ACL =
            Key.of("skipACL", YES_NO, "no", "yes lets every client do everything, whatever the ACLs say");
    static final Key<Boolean> DIGEST_ENABLED = Key.of(
            "DigestAuthenticationProvider.enabled",
            YES_NO,
            "true",
            "whether clients may authenticate with the scheme digest");
    static final Key<String> DIGEST_ALGORITHM = Key.of(
            "DigestAuthenticationProvider.digestAlg",
            new HashAlgorithm(),
            "SHA1",
            "hash of the scheme digest; existing ACLs hold the old one's results");
    static final Key<Secret> SUPER_DIGEST = Key.optional(
            "DigestAuthenticationProvider.superDigest",
            new SecretText(Pattern.compile("[^:]+:.+"), "user:hash, with the hash in base64"),
            "there is no super user",
            "user:hash of the super user, whom no ACL stops; better in the file or the environment than in --set");
    static final Key<Boolean> ENFORCE_AUTH =
            Key.of("enforce.auth.enabled", YES_NO, "false", "whether clients must authenticate before anything else");
    static final Key<Set<String>> ENFORCED_SCHEMES = Key.of(
            "enforce.auth.schemes",
            new Words(List.of("digest", "ip")),
            "",
            "with enforce.auth.enabled: the schemes of which a client needs one");
    static final Key<Set<String>> FOUR_LETTER_WHITELIST = Key.of(
            "4lw.commands.whitelist", new Words(FOUR_LETTER_WORDS), "srvr", "four-letter words that are answered");

    private ActiveKeys() {}

    static List<Key<?>> all() {
        return List.of(
                CLIENT_PORT,
                CLIENT_PORT_ADDRESS,
                CLIENT_PORT_BACKLOG,
                CLIENT_TCP_KEEP_ALIVE,
                TICK_TIME,
                MIN_SESSION_TIMEOUT,
                MAX_SESSION_TIMEOUT,
                MAX_CLIENT_CONNECTIONS,
                MAX_CONNECTIONS,
                MAX_REQUEST,
                OUTSTANDING_LIMIT,
                LONG_MULTI_PARTS,
                BUSY_POLL,
                CLIENTS_ON_CORE,
                MY_ID,
                PEER_TYPE,
                GENESIS,
                INIT_LIMIT,
                SYNC_LIMIT,
                LISTEN_ON_ALL,
                READ_ONLY_MODE,
                DATA_DIR,
                DATA_LOG_DIR,
                AUTO_CREATE,
                FORCE_SYNC,
                ACCEPT_LOSS,
                SLOW_SYNC,
                SEGMENT_SIZE,
                SNAP_COUNT,
                SNAP_GROWTH,
                SNAP_SIZE,
                SNAPSHOTS_KEPT,
                PURGE_INTERVAL,
                EXTENDED_TYPES,
                ENFORCE_QUOTA,
                CONTAINER_CHECK,
                CONTAINER_RATE,
                CONTAINER_NEVER_USED,
                SKIP_ACL,
                DIGEST_ENABLED,
                DIGEST_ALGORITHM,
                SUPER_DIGEST,
                ENFORCE_AUTH,
                ENFORCED_SCHEMES,
                FOUR_LETTER_WHITELIST);
    }
}
