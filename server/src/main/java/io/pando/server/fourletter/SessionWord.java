package io.pando.server.fourletter;

import io.pando.server.fourletter.ServerView.Session;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** {@code dump}: sessions by the time they would expire, their ephemerals, and who is connected with which of them. */
final class SessionWord {
    /** Lines of ephemerals after which the rest is only counted: an answer must not outgrow the server. */
    private static final int MOST_EPHEMERALS = 100_000;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss zzz yyyy", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());

    private SessionWord() {}

    static String dump(ServerView server) {
        var sessions = List.copyOf(server.sessions());
        var text = new StringBuilder();
        appendSessions(text, sessions, server.config().sessions().tickMs());
        appendEphemerals(text, sessions);
        var connections = server.connections();
        text.append("Connections dump:\nConnections (")
                .append(connections.size())
                .append("):\n");
        for (var connection : connections) {
            text.append("\tip: ").append(connection.address()).append(" sessionId: 0x");
            text.append(Long.toHexString(connection.sessionId())).append('\n');
        }
        return text.toString();
    }

    private static void appendSessions(StringBuilder text, List<Session> sessions, int tickMs) {
        var nowMs = System.currentTimeMillis();
        var byExpiry = new TreeMap<Long, StringBuilder>();
        for (var session : sessions) {
            var tick = (nowMs + session.expiresInMs()) / tickMs + 1;
            byExpiry.computeIfAbsent(tick * tickMs, expiry -> new StringBuilder())
                    .append("\t0x")
                    .append(Long.toHexString(session.id()))
                    .append('\n');
        }
        text.append("SessionTracker dump:\nSession Sets (").append(byExpiry.size());
        text.append(")/(").append(sessions.size()).append("):\n");
        byExpiry.forEach((expiryMs, ids) -> {
            var count = ids.chars().filter(c -> c == '\n').count();
            text.append(count)
                    .append(" expire at ")
                    .append(DATE.format(Instant.ofEpochMilli(expiryMs)))
                    .append(":\n")
                    .append(ids);
        });
    }

    private static void appendEphemerals(StringBuilder text, List<Session> sessions) {
        var owners = sessions.stream()
                .filter(session -> !session.ephemerals().isEmpty())
                .toList();
        text.append("ephemeral nodes dump:\nSessions with Ephemerals (")
                .append(owners.size())
                .append("):\n");
        int shown = 0;
        long left = 0;
        for (var owner : owners) {
            text.append("0x").append(Long.toHexString(owner.id())).append(":\n");
            for (var path : owner.ephemerals()) {
                if (shown == MOST_EPHEMERALS) {
                    left++;
                } else {
                    text.append('\t').append(path).append('\n');
                    shown++;
                }
            }
        }
        if (left > 0) {
            text.append("... and ").append(left).append(" more\n");
        }
    }
}
