package io.pando.server.config;

import io.pando.server.config.InertKey.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judges everything that was given and makes the configuration of it, or one exception with all that is wrong.
 *
 * <p>A loader is used once, on one thread.
 */
public final class ConfigLoader {
    private final KeyTable table = new KeyTable();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Settings settings = new Settings();
    private final Sources sources;

    private ConfigLoader(Sources sources) {
        this.sources = sources;
    }

    public static LoadedConfig load(Sources sources) throws ConfigException {
        return new ConfigLoader(sources).load();
    }

    private LoadedConfig load() throws ConfigException {
        var givens = sources.collect(table, problems, warnings);
        givens.values().forEach(this::judge);
        judgeServerLines(givens);
        new Combinations(settings, problems, warnings).judge();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new LoadedConfig(
                ServerConfig.from(settings, sources.file().isPresent()), Listing.of(settings), List.copyOf(warnings));
    }

    private void judge(Given given) {
        var known = table.find(given.key());
        if (known.isEmpty()) {
            problems.add(given.describeKey() + " is not a key of Pando or ZooKeeper."
                    + table.closest(given.key())
                            .map(key -> " Did you mean " + key + "?")
                            .orElse(""));
            return;
        }
        switch (known.get()) {
            case Key<?> key -> judgeValue(key, given);
            case InertKey key -> judgeInert(key, given);
        }
    }

    private <T> void judgeValue(Key<T> key, Given given) {
        key.type()
                .parse(given.value())
                .ifPresentOrElse(
                        value -> settings.put(key, value, given.origin()),
                        () -> problems.add(
                                given.describe() + " is not " + key.type().allowed() + "."));
    }

    private void judgeInert(InertKey key, Given given) {
        if (key.isHarmless(given.value())) {
            return;
        }
        if (key.verdict() == Verdict.REFUSED) {
            problems.add(given.describe() + " can't be obeyed. " + key.reason() + remedy(key));
        } else {
            warnings.add(given.describe() + " changes nothing. " + key.reason());
        }
    }

    private static String remedy(InertKey key) {
        return key.harmless().isEmpty()
                ? " Remove the key."
                : " Remove the key or set it to " + String.join(" or ", key.harmless()) + ".";
    }

    private void judgeServerLines(Map<String, Given> givens) {
        var lines = givens.values().stream().filter(ServerLine::isOne).toList();
        if (lines.size() > 1) {
            problems.add(
                    lines.get(1).describe() + " is the second of " + lines.size() + " servers. " + InertKeys.ENSEMBLE);
        } else if (lines.size() == 1) {
            var only = lines.get(0);
            ServerLine.parse(only.value())
                    .ifPresentOrElse(
                            line -> take(line, only),
                            () -> problems.add(only.describe() + " is not " + ServerLine.FORM + "."));
        }
    }

    private void take(ServerLine line, Given given) {
        if (line.observer()) {
            problems.add(given.describe() + " is an observer, which needs others to learn from. " + InertKeys.ENSEMBLE);
        }
        if (line.secure()) {
            problems.add(given.describe() + " can't be obeyed. " + InertKeys.NO_TLS + " Remove the secure port.");
        }
        line.clientPort().ifPresent(port -> takeUnlessSet(ActiveKeys.CLIENT_PORT, port, given));
        line.clientAddress().ifPresent(host -> takeUnlessSet(ActiveKeys.CLIENT_PORT_ADDRESS, host, given));
    }

    /** The line speaks for a key of its own only where that key wasn't given; a contradiction is left to the operator. */
    private <T> void takeUnlessSet(Key<T> key, String text, Given line) {
        var part = new Given(key.name(), text, line.origin());
        var value = key.type().parse(text);
        var given = settings.find(key).filter(setting -> !(setting.origin() instanceof Origin.ByDefault));
        if (value.isEmpty() || given.isEmpty()) {
            judgeValue(key, part);
        } else if (given.get().origin() instanceof Origin.InFile
                && !given.get().value().equals(value.get())) {
            problems.add(line.describe() + " and " + given.get().origin().describe() + ": " + key.name() + "="
                    + given.get().value() + " contradict each other; remove one.");
        }
    }
}
