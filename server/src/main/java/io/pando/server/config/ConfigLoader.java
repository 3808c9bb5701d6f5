package io.pando.server.config;

import io.pando.server.config.InertKey.Verdict;
import java.util.ArrayList;
import java.util.List;

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
    private final MemberLines memberLines = new MemberLines(problems);
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
        var members = new MembershipRules(settings, memberLines, problems).judge();
        members.ownLine().ifPresent(this::take);
        new Combinations(settings, problems, warnings).judge();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        var ensemble = members.ensemble().orElseThrow();
        return new LoadedConfig(
                ServerConfig.from(settings, ensemble, sources.file().isPresent()),
                Listing.of(settings, memberLines.all()),
                List.copyOf(warnings));
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
            case MemberKey key -> memberLines.take(key, given);
            case InertKey key -> judgeInert(key, given);
        }
    }

    private <T> void judgeValue(Key<T> key, Given given) {
        key.type().parse(given.value()).ifPresentOrElse(value -> settings.put(key, value, given.origin()), () -> {
            settings.refuse(key);
            problems.add(given.describe() + " is not " + key.type().allowed() + ".");
        });
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

    private void take(ServerLine line) {
        line.clientPort().ifPresent(port -> takeUnlessSet(ActiveKeys.CLIENT_PORT, port.toString(), line.given()));
        line.clientAddress().ifPresent(host -> takeUnlessSet(ActiveKeys.CLIENT_PORT_ADDRESS, host, line.given()));
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
