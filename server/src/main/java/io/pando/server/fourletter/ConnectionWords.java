package io.pando.server.fourletter;

import io.pando.server.figures.ConnectionFigures;
import io.pando.server.figures.Distribution;
import io.pando.server.fourletter.ServerView.Connection;
import io.pando.server.version.Version;
import java.util.concurrent.TimeUnit;

/** {@code srvr}, {@code stat}, {@code cons} and {@code crst}: the server in ten lines, and its connections one line each. */
final class ConnectionWords {
    private static final String NEVER = "NA";

    private final ServerView server;

    ConnectionWords(ServerView server) {
        this.server = server;
    }

    String srvr() {
        var text = new StringBuilder().append(versionLine());
        appendServer(text);
        return text.toString();
    }

    String stat() {
        var text = new StringBuilder().append(versionLine()).append("Clients:\n");
        server.connections().forEach(connection -> appendBrief(text, connection).append(")\n"));
        text.append('\n');
        appendServer(text);
        return text.toString();
    }

    String cons() {
        var text = new StringBuilder();
        for (var connection : server.connections()) {
            appendBrief(text, connection);
            if (connection.sessionId() != 0) {
                appendSession(text, connection);
            }
            text.append(")\n");
        }
        return text.append('\n').toString();
    }

    String crst() {
        server.connections().forEach(connection -> connection.figures().reset());
        return "Connection stats reset.\n";
    }

    private static String versionLine() {
        return "Zookeeper version: " + Version.asZooKeeper() + "\n";
    }

    private void appendServer(StringBuilder text) {
        var figures = server.figures();
        // Before the zxid: whoever has just become the leader shows no zxid of the epoch before as its own.
        var mode = Mode.of(server);
        text.append("Latency min/avg/max: ")
                .append(latency(figures.latencyNanos()))
                .append('\n');
        text.append("Received: ").append(figures.packetsReceived()).append('\n');
        text.append("Sent: ").append(figures.packetsSent()).append('\n');
        text.append("Connections: ").append(server.connections().size()).append('\n');
        text.append("Outstanding: ").append(server.outstandingRequests()).append('\n');
        text.append("Zxid: 0x").append(Long.toHexString(server.lastZxid())).append('\n');
        text.append("Mode: ").append(mode).append('\n');
        text.append("Node count: ").append(server.tree().znodes()).append('\n');
        if (server.role().isLeading() && !Mode.isAlone(server)) {
            text.append("Proposal sizes last/min/max: ")
                    .append(figures.lastProposalBytes())
                    .append('/')
                    .append(figures.proposalBytes().min())
                    .append('/')
                    .append(figures.proposalBytes().max())
                    .append('\n');
        }
    }

    private static String latency(Distribution nanos) {
        return Milliseconds.whole(nanos.min()) + "/" + Milliseconds.exact(nanos.average()) + "/"
                + Milliseconds.whole(nanos.max());
    }

    /** The number in brackets is ZooKeeper's set of selector operations; 1 says that the connection is read from. */
    private static StringBuilder appendBrief(StringBuilder text, Connection connection) {
        var figures = connection.figures();
        return text.append(' ')
                .append(connection.address())
                .append("[1](queued=")
                .append(figures.unanswered())
                .append(",recved=")
                .append(figures.packetsReceived())
                .append(",sent=")
                .append(figures.packetsSent());
    }

    private static void appendSession(StringBuilder text, Connection connection) {
        var figures = connection.figures();
        text.append(",sid=0x").append(Long.toHexString(connection.sessionId()));
        text.append(",lop=").append(lastOperation(figures));
        text.append(",est=").append(connection.establishedMs());
        text.append(",to=").append(connection.timeoutMs());
        if (figures.lastXid() > 0) {
            text.append(",lcxid=0x").append(Integer.toHexString(figures.lastXid()));
        }
        text.append(",lzxid=0x").append(Long.toHexString(figures.lastZxid()));
        text.append(",lresp=").append(TimeUnit.NANOSECONDS.toMillis(figures.lastAnswerNanos()));
        text.append(",llat=").append(Milliseconds.whole(figures.lastLatencyNanos()));
        text.append(",minlat=").append(Milliseconds.whole(figures.minLatencyNanos()));
        text.append(",avglat=").append(Milliseconds.whole(figures.averageLatencyNanos()));
        text.append(",maxlat=").append(Milliseconds.whole(figures.maxLatencyNanos()));
    }

    /** ZooKeeper's own four letters for its operations. */
    private static String lastOperation(ConnectionFigures figures) {
        return switch (figures.lastOperation()) {
            case -11 -> "CLOS";
            case -10 -> "SESS";
            case 1, 15, 19, 21 -> "CREA";
            case 2 -> "DELE";
            case 3 -> "EXIS";
            case 4 -> "GETD";
            case 5 -> "SETD";
            case 6 -> "GETA";
            case 7 -> "SETA";
            case 8, 12, 104 -> "GETC";
            case 9 -> "SYNC";
            case 11 -> "PING";
            case 13 -> "CHEC";
            case 14 -> "MULT";
            case 16 -> "RECO";
            case 17 -> "CHKW";
            case 18 -> "REMW";
            case 22 -> "MLTR";
            case 101 -> "SETW";
            case 103 -> "GETE";
            case 105 -> "STW2";
            case 106 -> "ADDW";
            case 107 -> "HOMI";
            default -> NEVER;
        };
    }
}
