package io.pando.server.fourletter;

import com.sun.management.UnixOperatingSystemMXBean;
import io.pando.server.figures.Distribution;
import io.pando.server.figures.ServerFigures;
import io.pando.server.version.Version;
import io.pando.zab.core.LeaderFigures;
import java.lang.management.ManagementFactory;

/** {@code mntr}: figures for machines, a name and a value on each line, under the names that ZooKeeper's exporters know. */
final class MonitorWord {
    private final StringBuilder text = new StringBuilder();

    private MonitorWord() {}

    static String answer(ServerView server) {
        var word = new MonitorWord();
        word.addServer(server);
        if (!Mode.isAlone(server)) {
            word.addEnsemble(server);
        }
        word.addTraffic(server);
        word.addProcess();
        return word.text.toString();
    }

    private void addServer(ServerView server) {
        var tree = server.tree();
        add("version", Version.asZooKeeper());
        add("server_state", Mode.of(server));
        add("uptime", server.uptimeMs());
        add("znode_count", tree.znodes());
        add("ephemerals_count", tree.ephemerals());
        add("approximate_data_size", tree.bytes());
        add("watch_count", server.watchFigures().watches());
        add("num_alive_connections", server.connections().size());
        add("outstanding_requests", server.outstandingRequests());
        add("global_sessions", server.sessions().size());
        add("local_sessions", server.localSessions());
    }

    private void addEnsemble(ServerView server) {
        add("quorum_size", server.membership().participants().size());
        add("peer_state", Mode.peerState(server));
        if (server.role().isLeading()) {
            add("leader_uptime", server.roleMs());
            addLeading(server.leading());
            addProposals(server.figures());
        }
        add("digest_mismatches_count", server.figures().digestMismatches());
    }

    private void addLeading(LeaderFigures leading) {
        add("learners", leading.learners());
        add("followers", leading.followers());
        add("synced_followers", leading.syncedFollowers());
        add("synced_non_voting_followers", leading.syncedNonVoters());
        add("synced_observers", leading.syncedObservers());
        add("pending_syncs", leading.barriers());
    }

    private void addProposals(ServerFigures figures) {
        add("last_proposal_size", figures.lastProposalBytes());
        add("min_proposal_size", figures.proposalBytes().min());
        add("max_proposal_size", figures.proposalBytes().max());
    }

    private void addTraffic(ServerView server) {
        var figures = server.figures();
        add("min_latency", Milliseconds.whole(figures.latencyNanos().min()));
        add("avg_latency", Milliseconds.exact(figures.latencyNanos().average()));
        add("max_latency", Milliseconds.whole(figures.latencyNanos().max()));
        add("packets_received", figures.packetsReceived());
        add("packets_sent", figures.packetsSent());
        add("bytes_received_count", figures.bytesReceived());
        add("response_bytes", figures.bytesSent());
        add("last_client_response_size", figures.lastReplyBytes());
        add("min_client_response_size", figures.replyBytes().min());
        add("max_client_response_size", figures.replyBytes().max());
        add("connection_request_count", figures.handshakes());
        add("connection_rejected", figures.connectionsRejected());
        add("auth_failed_count", figures.authenticationsFailed());
        add("stale_sessions_expired", figures.sessionsExpired());
        addMilliseconds("readlatency", figures.readLatencyNanos());
        addMilliseconds("updatelatency", figures.writeLatencyNanos());
        addSyncs(server.syncs());
    }

    private void addProcess() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            add("open_file_descriptor_count", unix.getOpenFileDescriptorCount());
            add("max_file_descriptor_count", unix.getMaxFileDescriptorCount());
        }
    }

    private void addMilliseconds(String name, Distribution nanos) {
        add("avg_" + name, Milliseconds.exact(nanos.average()));
        add("min_" + name, Milliseconds.whole(nanos.min()));
        add("max_" + name, Milliseconds.whole(nanos.max()));
        add("cnt_" + name, nanos.count());
        add("sum_" + name, Milliseconds.whole(nanos.sum()));
    }

    private void addSyncs(ServerView.SyncFigures syncs) {
        add("avg_fsynctime", Milliseconds.exact((double) syncs.nanosTotal() / Math.max(1, syncs.count())));
        add("max_fsynctime", Milliseconds.whole(syncs.nanosMax()));
        add("cnt_fsynctime", syncs.count());
        add("sum_fsynctime", Milliseconds.whole(syncs.nanosTotal()));
    }

    private void add(String name, Object value) {
        text.append("zk_").append(name).append('\t').append(value).append('\n');
    }
}
