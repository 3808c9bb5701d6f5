package io.pando.server.fourletter;

import io.pando.server.fourletter.ServerView.Watch;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** {@code wchs}, {@code wchc} and {@code wchp}: how many watches there are, and which, by session and by path. */
final class WatchWords {
    /** Watches shown in one answer. More are counted, not listed: with ZooKeeper these two words can bring a server down. */
    static final int MOST_WATCHES = 100_000;

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
        return grouped(watch -> "0x" + Long.toHexString(watch.sessionId()), Watch::path);
    }

    String wchp() {
        return grouped(Watch::path, watch -> "0x" + Long.toHexString(watch.sessionId()));
    }

    private String grouped(Function<Watch, String> group, Function<Watch, String> member) {
        var groups = new LinkedHashMap<String, Set<String>>();
        long shown;
        try (var watches = server.watches()) {
            shown = watches.limit(MOST_WATCHES)
                    .peek(watch -> groups.computeIfAbsent(group.apply(watch), name -> new LinkedHashSet<>())
                            .add(member.apply(watch)))
                    .mapToLong(watch -> 1)
                    .sum();
        }
        var text = new StringBuilder();
        groups.forEach((name, members) -> {
            text.append(name).append('\n');
            members.forEach(one -> text.append('\t').append(one).append('\n'));
        });
        if (shown == MOST_WATCHES) {
            text.append("... of ").append(server.watchFigures().watches()).append(" watches\n");
        }
        return text.append('\n').toString();
    }
}
