package io.pando.server.config;

import java.util.List;
import java.util.Set;

/** Judges values that are fine by themselves but not together, or fine but worth a loud word. */
final class Combinations {
    /** ZooKeeper never keeps fewer, and a server that trusts one single snapshot would be a gamble. */
    static final int FEWEST_SNAPSHOTS = 3;

    private final Settings settings;
    private final List<String> problems;
    private final List<String> warnings;

    Combinations(Settings settings, List<String> problems, List<String> warnings) {
        this.settings = settings;
        this.problems = problems;
        this.warnings = warnings;
    }

    void judge() {
        sessionTimeoutsMustLeaveARange();
        enforcedAuthenticationNeedsSchemes();
        durabilityMayBeOff();
        protectionMayBeOff();
        tooFewSnapshots();
    }

    private void sessionTimeoutsMustLeaveARange() {
        var sessions = ServerConfig.Sessions.from(settings);
        if (sessions.minTimeoutMs() > sessions.maxTimeoutMs()) {
            problems.add(origin(ActiveKeys.MIN_SESSION_TIMEOUT) + ": minSessionTimeout, " + sessions.minTimeoutMs()
                    + " ms, must not be above maxSessionTimeout, " + sessions.maxTimeoutMs() + " ms ("
                    + origin(ActiveKeys.MAX_SESSION_TIMEOUT) + "). They are 2 and 20 times tickTime unless given.");
        }
    }

    private void enforcedAuthenticationNeedsSchemes() {
        if (settings.get(ActiveKeys.ENFORCE_AUTH)
                && settings.get(ActiveKeys.ENFORCED_SCHEMES).isEmpty()) {
            problems.add(origin(ActiveKeys.ENFORCE_AUTH)
                    + ": enforce.auth.enabled=true needs enforce.auth.schemes, "
                    + ActiveKeys.ENFORCED_SCHEMES.type().allowed() + ".");
        }
        if (settings.get(ActiveKeys.ENFORCE_AUTH)
                && settings.get(ActiveKeys.ENFORCED_SCHEMES).equals(Set.of("digest"))
                && !settings.get(ActiveKeys.DIGEST_ENABLED)) {
            problems.add(origin(ActiveKeys.DIGEST_ENABLED)
                    + ": DigestAuthenticationProvider.enabled=false locks everybody out, since"
                    + " enforce.auth.schemes is digest.");
        }
    }

    private void durabilityMayBeOff() {
        if (!settings.get(ActiveKeys.FORCE_SYNC)) {
            warnings.add(origin(ActiveKeys.FORCE_SYNC)
                    + ": forceSync=no! A crash of the machine LOSES writes that clients were told are safe, and may"
                    + " leave a log that no server starts from. Use it for tests only.");
        }
    }

    private void protectionMayBeOff() {
        if (settings.get(ActiveKeys.SKIP_ACL)) {
            warnings.add(origin(ActiveKeys.SKIP_ACL) + ": skipACL=yes! Every client may read and change every znode.");
        }
    }

    private void tooFewSnapshots() {
        if (settings.get(ActiveKeys.SNAPSHOTS_KEPT) < FEWEST_SNAPSHOTS) {
            warnings.add(origin(ActiveKeys.SNAPSHOTS_KEPT) + ": autopurge.snapRetainCount="
                    + settings.get(ActiveKeys.SNAPSHOTS_KEPT) + " is below " + FEWEST_SNAPSHOTS + "; "
                    + FEWEST_SNAPSHOTS
                    + " are kept.");
        }
    }

    private String origin(Key<?> key) {
        return settings.find(key).map(setting -> setting.origin().describe()).orElse("default");
    }
}
