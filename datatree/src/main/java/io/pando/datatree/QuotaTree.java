package io.pando.datatree;

import org.jspecify.annotations.Nullable;

/**
 * Reads the quotas of a tree. A quota on {@code /a/b} is made of znodes below {@code /zookeeper/quota/a/b}: clients write
 * the limits, and the usage is never stored but computed from the counters of the subtree whenever somebody looks.
 */
final class QuotaTree {
    private static final Name ZOOKEEPER = new Name("zookeeper");
    private static final Name QUOTA = new Name("quota");
    private static final Name LIMITS = new Name("zookeeper_limits");
    private static final Name STATS = new Name("zookeeper_stats");
    private static final String BELOW_QUOTA = BuiltIn.QUOTA + "/";

    private QuotaTree() {}

    /** The quota of {@code path} or of its nearest ancestor that has one. The znodes of the service itself have none. */
    static @Nullable Quota quotaFor(Znode root, String path) {
        Znode node = quotas(root);
        if (node == null || node.childCount() == 0 || ZnodePath.isAtOrBelow(path, BuiltIn.ZOOKEEPER)) {
            return null;
        }
        Znode limits = LIMITS.childOf(node);
        String limited = ZnodePath.ROOT;
        PathNames names = PathNames.of(path);
        while (names.next()) {
            node = names.childOf(node);
            if (node == null) {
                break;
            }
            Znode deeper = LIMITS.childOf(node);
            if (deeper != null) {
                limits = deeper;
                limited = names.pathToHere();
            }
        }
        return limits == null ? null : quota(root, limited, limits);
    }

    /** {@code found} as readers of {@code path} see it: a stats znode shows the usage of the subtree that it stands for. */
    static Znode shown(Znode root, String path, Znode found) {
        if (!found.isNamed(STATS.utf8) || !path.startsWith(BELOW_QUOTA)) {
            return found;
        }
        String countedPath = path.substring(BuiltIn.QUOTA.length(), path.lastIndexOf('/'));
        Znode counted = PathNames.of(countedPath).descend(root);
        return found.showing(counted == null ? Quota.usage(0, 0) : Quota.usage(count(counted), counted.subtreeBytes()));
    }

    private static @Nullable Znode quotas(Znode root) {
        Znode zookeeper = ZOOKEEPER.childOf(root);
        return zookeeper == null ? null : QUOTA.childOf(zookeeper);
    }

    private static Quota quota(Znode root, String limitedPath, Znode limits) {
        Znode counted = PathNames.of(limitedPath).descend(root);
        return counted == null
                ? Quota.parse(limitedPath, limits.data(), 0, 0)
                : Quota.parse(limitedPath, limits.data(), count(counted), counted.subtreeBytes());
    }

    private static long count(Znode node) {
        return 1 + node.descendants();
    }

    /** A name and its {@link Keyed#keyHash}, made once: each write asks for the quotas. */
    private static final class Name {
        private final byte[] utf8;
        private final int hash;

        Name(String text) {
            utf8 = Utf8.encode(text);
            hash = Keyed.hashOf(utf8);
        }

        @Nullable
        Znode childOf(Znode parent) {
            return parent.child(hash, utf8, 0, utf8.length);
        }
    }
}
