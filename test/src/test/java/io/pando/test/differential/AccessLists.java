package io.pando.test.differential;

import io.pando.test.harness.Body.AclEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws access lists, mostly open so that something happens, and identities for a connection to show. */
final class AccessLists {
    static final String SUPER_DIGEST = "super:IM4oqBGbliAa5GIQp6PqmZjf3Io=";
    static final String SUPER = "super:of-all";

    private static final List<AclEntry> ENTRIES = List.of(
            AclEntry.OPEN,
            new AclEntry(1, "world", "anyone"),
            new AclEntry(31, "auth", ""),
            new AclEntry(31, "digest", "u1:fpT/y03U+EjItKZOSLGvjnJlyng="),
            new AclEntry(3, "digest", "u2:o9NxcCGDPOlcV7JVhmKHOf5ctVE="),
            new AclEntry(31, "ip", "127.0.0.1"),
            new AclEntry(31, "ip", "127.0.0.0/8"),
            new AclEntry(31, "ip", "10.0.0.0/8"),
            new AclEntry(0, "world", "anyone"),
            new AclEntry(-1, "world", "anyone"),
            new AclEntry(64, "auth", "ignored"));

    private static final List<AclEntry> NONSENSE = List.of(
            new AclEntry(31, "world", "someone"),
            new AclEntry(31, "world", ""),
            new AclEntry(31, "", "anyone"),
            new AclEntry(31, "nobody-knows", "x"),
            new AclEntry(31, "digest", "no-colon"),
            new AclEntry(31, "digest", "two:colons:x"),
            new AclEntry(31, "digest", ":y"),
            new AclEntry(31, "digest", ""),
            new AclEntry(31, "ip", "1.2.3"),
            new AclEntry(31, "ip", "256.0.0.1"),
            new AclEntry(31, "ip", "1.2.3.4/33"),
            new AclEntry(31, "ip", "1.2.3.4/-1"),
            new AclEntry(31, "ip", "::1"),
            new AclEntry(31, "ip", "localhost"),
            new AclEntry(31, "super", ""));

    private final RandomGenerator random;

    AccessLists(RandomGenerator random) {
        this.random = random;
    }

    @Nullable
    List<AclEntry> draw() {
        int chance = random.nextInt(100);
        if (chance < 84) return AclEntry.EVERYTHING_TO_ANYONE;
        if (chance < 85) return null;
        if (chance < 86) return List.of();
        List<AclEntry> entries = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) entries.add(one());
        return entries;
    }

    private AclEntry one() {
        List<AclEntry> source = random.nextInt(10) == 0 ? NONSENSE : ENTRIES;
        return source.get(random.nextInt(source.size()));
    }

    Step.Authenticate identity() {
        return switch (random.nextInt(12)) {
            case 0 -> new Step.Authenticate("nobody-knows", "x");
            case 1 -> new Step.Authenticate("ip", "");
            case 2, 3 -> new Step.Authenticate("digest", SUPER);
            case 4 -> new Step.Authenticate("digest", "without-colon");
            case 5, 6, 7 -> new Step.Authenticate("digest", "u2:p2");
            default -> new Step.Authenticate("digest", "u1:p1");
        };
    }
}
