package io.pando.datatree;

import org.jspecify.annotations.Nullable;

/**
 * Reads the quotas of a tree. A quota on {@code /a/b} is made of znodes below {@code /zookeeper/quota/a/b}: clients write
 * the limits, and the usage is never stored but computed from the counters of the subtree whenever somebody looks.
 */
final class QuotaTree {
    private static final byte[] ZOOKEEPER = Utf8.encode("zookeeper");
    private static final byte[] QUOTA = Utf8.encode("quota");
    private static final byte[] LIMITS = Utf8.encode("zookeeper_limits");
    private static final byte[] STATS = Utf8.encode("zookeeper_stats");
    private static final String BELOW_QUOTA = BuiltIn.QUOTA + "/";

    private QuotaTree() {}

    /** The quota of {@code path} or of its nearest ancestor that has one. The znodes of the service itself have none. */
    static @Nullable Quota quotaFor(Znode root, String path) {
        Znode node = quotas(root);
        if (node == null || node.childCount() == 0 || ZnodePath.isAtOrBelow(path, BuiltIn.ZOOKEEPER)) {
            return null;
        }
        Znode limits = node.child(LIMITS);
        String limited = ZnodePath.ROOT;
        PathNames names = PathNames.of(path);
        while (names.next()) {
            node = names.childOf(node);
            if (node == null) {
                break;
            }
            Znode deeper = node.child(LIMITS);
            if (deeper != null) {
                limits = deeper;
                limited = names.pathToHere();
            }
        }
        return limits == null ? null : quota(root, limited, limits);
    }

    /** {@code found} as readers of {@code path} see it: a stats znode shows the usage of the subtree that it stands for. */
    static Znode shown(Znode root, String path, Znode found) {
        if (!found.isNamed(STATS) || !path.startsWith(BELOW_QUOTA)) {
            return found;
        }
        String countedPath = path.substring(BuiltIn.QUOTA.length(), path.lastIndexOf('/'));
        Znode counted = PathNames.of(countedPath).descend(root);
        return found.showing(counted == null ? Quota.usage(0, 0) : Quota.usage(count(counted), counted.subtreeBytes()));
    }

    private static @Nullable Znode quotas(Znode root) {
        Znode zookeeper = root.child(ZOOKEEPER);
        return zookeeper == null ? null : zookeeper.child(QUOTA);
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
}
