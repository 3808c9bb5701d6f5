package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.io.Input;
import io.pando.datatree.Acl;
import io.pando.datatree.Tree;
import io.pando.datatree.TreeBuilder;
import io.pando.datatree.Znode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one tree in the format of {@link TreeSnapshot}. */
final class SnapshotReader {
    private final Input input;
    private final SnapshotAcls.Reader acls = new SnapshotAcls.Reader();

    SnapshotReader(Input input) {
        this.input = input;
    }

    Tree read() throws DamagedSnapshotException {
        byte version = input.readByte();
        if (version != TreeSnapshot.VERSION) {
            throw new DamagedSnapshotException("The snapshot has format " + version + ", and this server reads "
                    + TreeSnapshot.VERSION + "; is it too old?");
        }
        TreeBuilder builder = new TreeBuilder(input.readLong());
        long digest = input.readLong();
        int sessions = Fields.readCount(input);
        for (int i = 0; i < sessions; i++) {
            builder.session(input.readLong(), input.readVarInt(true), Fields.readPassword(input));
        }
        readZnodes(builder);
        return verified(builder.build(), digest);
    }

    /** A method of its own, since it takes long: the compiler, which hurries to help, then has nothing else to compile. */
    private void readZnodes(TreeBuilder builder) {
        do {
            readZnode(builder);
        } while (!builder.isComplete());
    }

    private void readZnode(TreeBuilder builder) {
        Znode znode = readZnode();
        int children = Fields.readCount(input) - 1;
        if (children < 0) {
            builder.add(znode);
        } else {
            builder.add(znode, children, input.readVarInt(true), znode.czxid() + input.readVarLong(false));
        }
    }

    private Znode readZnode() {
        byte[] name = Fields.readUtf8(input);
        byte @Nullable [] data = Fields.readData(input);
        List<Acl> acl = acls.read(input);
        long czxid = input.readVarLong(true);
        long mzxid = czxid + input.readVarLong(false);
        long ctime = input.readVarLong(false);
        long mtime = ctime + input.readVarLong(false);
        long owner = input.readVarLong(true);
        int version = input.readVarInt(false);
        int aversion = input.readVarInt(false);
        return Znode.restored(name, data, acl, czxid, mzxid, ctime, mtime, owner, version, aversion);
    }

    private static Tree verified(Tree tree, long digest) throws DamagedSnapshotException {
        if (tree.digest() != digest) {
            throw new DamagedSnapshotException("The snapshot of zxid 0x" + Long.toHexString(tree.zxid())
                    + " says that its digest is 0x" + Long.toHexString(digest) + ", but what it holds has 0x"
                    + Long.toHexString(tree.digest()) + "; don't use it");
        }
        return tree;
    }
}
