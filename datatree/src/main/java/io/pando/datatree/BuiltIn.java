package io.pando.datatree;

import java.util.List;

/** The znodes that every tree has from the start, and that nobody can delete. */
final class BuiltIn {
    static final String ZOOKEEPER = "/zookeeper";
    static final String QUOTA = "/zookeeper/quota";
    static final String CONFIG = "/zookeeper/config";

    private BuiltIn() {}

    static boolean isBuiltIn(String path) {
        return path.equals(ZnodePath.ROOT) || path.equals(ZOOKEEPER) || path.equals(QUOTA) || path.equals(CONFIG);
    }

    /** A tree of just these, as ZooKeeper begins: made at no time, by no txn, and not counted as creations. */
    static Tree tree() {
        TreeBuilder builder = new TreeBuilder(0);
        builder.add(node("", Acl.OPEN, 0), 1, 0, 0);
        builder.add(node("zookeeper", Acl.OPEN, 0), 2, 0, 0);
        builder.add(node("quota", Acl.OPEN, 0));
        builder.add(node("config", Acl.READ_ONLY, -1));
        return builder.build();
    }

    private static Znode node(String name, List<Acl> acl, int aversion) {
        return Znode.restored(Utf8.encode(name), new byte[0], acl, 0, 0, 0, 0, Owner.PERSISTENT, 0, aversion);
    }
}
