package io.pando.server.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.datatree.Acl;
import io.pando.datatree.Owner;
import io.pando.datatree.Password;
import io.pando.datatree.Tree;
import io.pando.datatree.TreeBuilder;
import io.pando.datatree.Txn;
import io.pando.datatree.Znode;
import java.util.List;

/** Trees that tests begin with. */
final class ATree {
    private Tree tree = Tree.empty();

    /** A tree whose one znode, {@code /z}, has a history that no test has the time for. */
    static Tree withZnode(int version, int aversion, int creations) {
        TreeBuilder builder = new TreeBuilder(1);
        builder.add(znode("", 0, 0), 1, 1, 1);
        builder.add(znode("z", version, aversion), 0, creations, 1);
        return builder.build();
    }

    private static Znode znode(String name, int version, int aversion) {
        return Znode.restored(name.getBytes(UTF_8), null, Acl.OPEN, 0, 0, 0, 0, Owner.PERSISTENT, version, aversion);
    }

    ATree session(long id) {
        return after(new Txn.CreateSession(id, 10_000, new Password(0, 0)));
    }

    ATree znode(String path) {
        return znode(path, Acl.OPEN);
    }

    ATree znode(String path, List<Acl> acl) {
        return after(new Txn.Create(path, new byte[0], acl, Owner.PERSISTENT));
    }

    ATree ephemeral(String path, List<Acl> acl, long session) {
        return after(new Txn.Create(path, new byte[0], acl, session));
    }

    ATree data(String path, String data) {
        return after(new Txn.SetData(path, data.getBytes(UTF_8), 1));
    }

    /** Sets a quota on a path of one name. */
    ATree quota(String path, String limits) {
        String quota = "/zookeeper/quota" + path;
        znode(quota);
        return znode(quota + "/zookeeper_limits").data(quota + "/zookeeper_limits", limits);
    }

    ATree after(Txn txn) {
        tree = tree.apply(tree.zxid() + 1, 0, txn).tree();
        return this;
    }

    Tree build() {
        return tree;
    }
}
