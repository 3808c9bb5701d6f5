package io.pando.datatree;

import org.jspecify.annotations.Nullable;

/**
 * Reads the quotas of a tree. A quota on {@code /a/b} is made of znodes below {@code /zookeeper/quota/a/b}: clients write
 * the limits, and the usage is never stored but computed from the counters of the subtree whenever somebody looks.
 */
final class QuotaTree {
    private static final String LIMITS = "zookeeper_limits";
    private static final String STATS = "zookeeper_stats";
    private static final String BELOW_QUOTA = BuiltIn.QUOTA + "/";

    private QuotaTree() {}

    /** The quota of {@code path} or of its nearest ancestor that has one. The znodes of the service itself have none. */
    static @Nullable Quota quotaFor(Znode root, String path) {
        Znode node = Tree.descend(root, BuiltIn.QUOTA, 0, BuiltIn.QUOTA.length());
        if (node == null || node.childCount() == 0 || ZnodePath.isAtOrBelow(path, BuiltIn.ZOOKEEPER)) {
            return null;
        }
        Znode limits = node.child(LIMITS);
        int limited = 0;
        int slash = 0;
        while (slash < path.length() - 1) {
            int next = path.indexOf('/', slash + 1);
            int to = next < 0 ? path.length() : next;
            node = node.child(path, slash + 1, to);
            if (node == null) {
                break;
            }
            Znode deeper = node.child(LIMITS);
            if (deeper != null) {
                limits = deeper;
                limited = to;
            }
            slash = to;
        }
        return limits == null ? null : quota(root, path, limited, limits);
    }

    /** {@code found} as readers of {@code path} see it: a stats znode shows the usage of the subtree that it stands for. */
    static Znode shown(Znode root, String path, Znode found) {
        if (!found.isNamed(STATS) || !path.startsWith(BELOW_QUOTA)) {
            return found;
        }
        Znode counted = Tree.descend(root, path, BuiltIn.QUOTA.length(), path.length() - STATS.length() - 1);
        return found.showing(counted == null ? Quota.usage(0, 0) : Quota.usage(count(counted), counted.subtreeBytes()));
    }

    private static Quota quota(Znode root, String path, int end, Znode limits) {
        Znode counted = Tree.descend(root, path, 0, end);
        String limitedPath = end == 0 ? ZnodePath.ROOT : path.substring(0, end);
        return counted == null
                ? Quota.parse(limitedPath, limits.data(), 0, 0)
                : Quota.parse(limitedPath, limits.data(), count(counted), counted.subtreeBytes());
    }

    private static long count(Znode node) {
        return 1 + node.descendants();
    }
}
