package io.pando.server.fourletter;

import io.pando.server.fourletter.ServerView.Watch;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** {@code wchs}, {@code wchc} and {@code wchp}: how many watches there are, and which, by session and by path. */
final class WatchWords {
    /** Watches shown in one answer. More are counted, not listed: with ZooKeeper these two words can bring a server down. */
    static final int MOST_WATCHES = 100_000;

    /** Paths can be long: an answer, which may wait for its client to read it, gets no longer than this and one path. */
    static final int MOST_CHARACTERS = 1 << 20;

    private final ServerView server;

    WatchWords(ServerView server) {
        this.server = server;
    }

    String wchs() {
        var figures = server.watchFigures();
        return figures.connections() + " connections watching " + figures.paths() + " paths\nTotal watches:"
                + figures.watches() + '\n';
    }

    String wchc() {
        var text = new StringBuilder();
        long session = 0;
        int shown = 0;
        try (var watches = server.watches(MOST_WATCHES)) {
            for (var watch : iterable(watches)) {
                if (shown == 0 || watch.sessionId() != session) {
                    session = watch.sessionId();
                    appendSession(text, session).append('\n');
                }
                text.append('\t').append(watch.path()).append('\n');
                shown++;
                if (text.length() > MOST_CHARACTERS) {
                    break;
                }
            }
        }
        return ended(text, shown);
    }

    String wchp() {
        Map<String, StringBuilder> sessionsByPath = new LinkedHashMap<>();
        int characters = 0;
        int shown = 0;
        try (var watches = server.watches(MOST_WATCHES)) {
            for (var watch : iterable(watches)) {
                var sessions = sessionsByPath.computeIfAbsent(watch.path(), path -> new StringBuilder());
                characters += sessions.isEmpty() ? watch.path().length() + 1 : 0;
                int before = sessions.length();
                appendSession(sessions.append('\t'), watch.sessionId()).append('\n');
                characters += sessions.length() - before;
                shown++;
                if (characters > MOST_CHARACTERS) {
                    break;
                }
            }
        }
        var text = new StringBuilder(characters);
        sessionsByPath.forEach(
                (path, sessions) -> text.append(path).append('\n').append(sessions));
        return ended(text, shown);
    }

    private static Iterable<Watch> iterable(Stream<Watch> watches) {
        Iterator<Watch> iterator = watches.iterator();
        return () -> iterator;
    }

    private static StringBuilder appendSession(StringBuilder text, long sessionId) {
        return text.append("0x").append(Long.toHexString(sessionId));
    }

    private String ended(StringBuilder text, int shown) {
        if (shown == MOST_WATCHES || text.length() > MOST_CHARACTERS) {
            text.append("... of ").append(server.watchFigures().watches()).append(" watches\n");
        }
        return text.append('\n').toString();
    }
}
