package io.pando.server.config;

import static io.pando.server.config.InertKey.Verdict.NOT_YET;
import static io.pando.server.config.InertKey.Verdict.NO_MEANING_HERE;
import static io.pando.server.config.InertKey.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;

/**
 * ZooKeeper's keys that this version doesn't obey: the second half of the table of keys. An entry is the name, aliases behind bars
 * and, behind {@code =}, values that need no word. A name that ends in a dot stands for all keys that begin with it.
 */
final class InertKeys {
    static final String NO_TLS =
            "TLS is not in this version, and a server must not listen in plain text where encryption was asked for.";
    private static final String NO_SASL =
            "SASL is not in this version, so it can't demand or check what this key wants.";

    private InertKeys() {}

    static List<InertKey> all() {
        return Stream.of(ensemble(), security(), notYet(), noMeaning())
                .flatMap(keys -> keys)
                .toList();
    }

    private static Stream<InertKey> ensemble() {
        return Stream.concat(
                InertKey.all(
                        REFUSED,
                        "The members of an ensemble are not read from another file; write the server.N lines into"
                                + " this one.",
                        "dynamicConfigFile"),
                InertKey.all(
                        NO_MEANING_HERE,
                        "It rules how ZooKeeper's servers find, follow and elect one another; Pando's have a protocol"
                                + " of their own.",
                        "version=*",
                        "electionAlg=*",
                        "standaloneEnabled=*",
                        "reconfigEnabled=false",
                        "leaderServes=*",
                        "localSessionsEnabled=false",
                        "localSessionsUpgradingEnabled=*",
                        "commitLogCount",
                        "observerMasterPort",
                        "syncEnabled",
                        "observer.syncEnabled",
                        "observer.reconnectDelayMs",
                        "observer.election.DelayMs",
                        "connectToLearnerMasterLimit",
                        "maxTimeToWaitForEpoch|leader.maxTimeToWaitForEpoch",
                        "cnxTimeout",
                        "quorumCnxnTimeoutMs",
                        "electionPortBindRetry",
                        "fastleader.minNotificationInterval",
                        "fastleader.maxNotificationInterval",
                        "maxConcurrentSnapSyncs|leader.maxConcurrentSnapSyncs",
                        "maxConcurrentDiffSyncs|leader.maxConcurrentDiffSyncs",
                        "maxConcurrentSnapshots",
                        "snapshotSizeFactor",
                        "multiAddress.",
                        "oraclePath",
                        "tcpKeepAlive",
                        "learner.",
                        "leader.closeSocketAsync",
                        "skipLearnerRequestToNextProcessor|follower.skipLearnerRequestToNextProcessor",
                        "forward_learner_requests_to_commit_processor_disabled",
                        "testingonly.initialZxid"));
    }

    private static Stream<InertKey> security() {
        return Stream.of(
                        InertKey.all(
                                REFUSED,
                                NO_TLS,
                                "secureClientPort",
                                "secureClientPortAddress",
                                "ssl.",
                                "sslQuorum=false",
                                "portUnification=false",
                                "client.portUnification=false",
                                "sslQuorumReloadCertFiles=false",
                                "client.certReload=false",
                                "superUser",
                                "X509AuthenticationProvider."),
                        InertKey.all(
                                REFUSED,
                                NO_SASL,
                                "sessionRequireClientSASLAuth=false",
                                "quorum.auth.enableSasl=false",
                                "quorum.auth.",
                                "quorum.auth.learnerRequireSasl=false",
                                "quorum.auth.serverRequireSasl=false",
                                "superUser.",
                                "sasl.",
                                "jaasLoginRenew",
                                "loginContextName",
                                "allowSaslFailedClients=false",
                                "kerberos.removeHostFromPrincipal=false",
                                "kerberos.removeRealmFromPrincipal=false",
                                "kerberos.canonicalizeHostNames=false"),
                        InertKey.all(
                                REFUSED,
                                "Authentication providers are not loaded from class names in this version; the schemes"
                                        + " world, auth, digest, ip and super are built in.",
                                "authProvider.",
                                "ensembleAuthName"),
                        InertKey.all(REFUSED, "There is no audit log in this version.", "audit.enable=false"))
                .flatMap(keys -> keys);
    }

    private static Stream<InertKey> notYet() {
        return Stream.of(
                        InertKey.all(
                                NOT_YET,
                                "There is no HTTP port in this version.",
                                "admin.enableServer=false",
                                "admin."),
                        InertKey.all(NOT_YET, "Metrics are not exported in this version.", "metricsProvider."),
                        InertKey.all(
                                NOT_YET,
                                "Connections and requests are not throttled by tokens in this version; maxClientCnxns,"
                                        + " maxCnxns and globalOutstandingLimit are obeyed.",
                                "connectionMaxTokens|connection_throttle_tokens=0",
                                "connectionTokenFillTime|connection_throttle_fill_time",
                                "connectionTokenFillCount|connection_throttle_fill_count",
                                "connectionFreezeTime|connection_throttle_freeze_time",
                                "connectionDropIncrease|connection_throttle_drop_increase",
                                "connectionDropDecrease|connection_throttle_drop_decrease",
                                "connectionDecreaseRatio|connection_throttle_decrease_ratio",
                                "connection_throttle_",
                                "requestThrottleLimit|request_throttle_max_requests=0",
                                "requestThrottleStallTime|request_throttle_stall_time",
                                "requestThrottleDropStale|request_throttle_drop_stale",
                                "requestStaleLatencyCheck|request_stale_latency_check",
                                "requestStaleConnectionCheck|request_stale_connection_check",
                                "request_throttler.shutdownTimeout",
                                "throttledOpWaitTime|throttled_op_wait_time=0",
                                "largeRequestMaxBytes",
                                "largeRequestThreshold=-1",
                                "outstandingHandshake.limit"),
                        InertKey.all(
                                NOT_YET,
                                "Pauses of the JVM are not watched in this version.",
                                "jvm.pause.monitor=false",
                                "jvm.pause."),
                        InertKey.all(
                                NOT_YET,
                                "Snapshots are not compressed in this version.",
                                "snapshot.compression.method"),
                        InertKey.all(
                                NOT_YET,
                                "An empty data directory is always taken as a new server in this version.",
                                "db.autocreate=true"),
                        InertKey.all(
                                NOT_YET,
                                "Messages are not recorded in this version.",
                                "messageTracker.Enabled=false",
                                "messageTracker."))
                .flatMap(keys -> keys);
    }

    private static Stream<InertKey> noMeaning() {
        return Stream.of(
                        InertKey.all(
                                NO_MEANING_HERE,
                                "Whatever waits is written to the disk together, at once; there is nothing to delay.",
                                "flushDelay=0",
                                "maxWriteQueuePollTime",
                                "maxBatchSize"),
                        InertKey.all(
                                NO_MEANING_HERE,
                                "Log and snapshots have a format of their own, with checksums and exact snapshots.",
                                "txnLogSizeLimitInKb",
                                "jute.maxbuffer.extrasize",
                                "snapshot.trust.empty",
                                "serializeLastProcessedZxid.enabled",
                                "digest.enabled=true",
                                "closeSessionTxn.enabled=true",
                                "emulate353TTLNodes=false"),
                        InertKey.all(
                                NO_MEANING_HERE,
                                "Reads are answered out of an immutable tree on the network's own threads.",
                                "maxResponseCacheSize",
                                "maxGetChildrenResponseCacheSize",
                                "nio.",
                                "commitProcessor.",
                                "serverCnxnFactory",
                                "netty.",
                                "enableEagerACLCheck",
                                "intBufferStartingSizeBytes"),
                        InertKey.all(
                                NO_MEANING_HERE,
                                "Watches have a table of their own.",
                                "watchManagerName",
                                "watcherCleanThreadsNum",
                                "watcherCleanThreshold",
                                "watcherCleanIntervalInSeconds",
                                "maxInProcessingDeadWatchers",
                                "bitHashCacheSize"),
                        InertKey.all(
                                NO_MEANING_HERE,
                                "It belongs to a part of ZooKeeper that Pando doesn't have.",
                                "IPAuthenticationProvider.usexforwardedfor=false",
                                "fips-mode",
                                "jmx.",
                                "pathStats."))
                .flatMap(keys -> keys);
    }
}
