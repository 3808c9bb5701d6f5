package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.SessionState;
import io.pando.datatree.Tree;
import io.pando.datatree.Znode;
import java.util.ArrayDeque;
import java.util.Iterator;

/** Writes one tree in the format of {@link TreeSnapshot}. Remembers no more than the way down to where it is. */
final class SnapshotWriter {
    private final Output output;
    private final SnapshotAcls acls = new SnapshotAcls();
    private byte[] name = new byte[256]; // of the znode that is being written

    SnapshotWriter(Output output) {
        this.output = output;
    }

    void write(Tree tree) {
        output.writeByte(TreeSnapshot.VERSION);
        output.writeLong(tree.zxid());
        output.writeLong(tree.digest());
        output.writeVarInt(tree.sessionCount(), true);
        tree.forEachSession(this::write);
        writeFrom(tree.root());
    }

    private void write(SessionState session) {
        output.writeLong(session.id());
        output.writeVarInt(session.timeoutMs(), true);
        Fields.writeData(output, session.password());
    }

    /** Depth first, parents before their children. Paths can be of any depth, so this is a loop. */
    private void writeFrom(Znode root) {
        ArrayDeque<Iterator<Znode>> way = new ArrayDeque<>();
        write(root);
        way.push(root.children());
        Iterator<Znode> siblings = way.peek();
        while (siblings != null) {
            if (siblings.hasNext()) {
                Znode node = siblings.next();
                write(node);
                if (node.childCount() > 0) {
                    way.push(node.children());
                }
            } else {
                way.pop();
            }
            siblings = way.peek();
        }
    }

    /** What is likely to be small or to equal another field is written as the difference to it. */
    private void write(Znode node) {
        name = node.copyName(name);
        Fields.writeUtf8(output, name, node.nameLengthBytes());
        Fields.writeData(output, node.data());
        acls.write(output, node.acl());
        output.writeVarLong(node.czxid(), true);
        output.writeVarLong(node.mzxid() - node.czxid(), false);
        output.writeVarLong(node.ctime(), false);
        output.writeVarLong(node.mtime() - node.ctime(), false);
        output.writeVarLong(node.owner(), true);
        output.writeVarInt(node.version(), false);
        output.writeVarInt(node.aversion(), false);
        if (node.hasChildrenHistory()) {
            output.writeVarInt(node.childCount() + 1, true);
            output.writeVarInt(node.creations(), true);
            output.writeVarLong(node.pzxid() - node.czxid(), false);
        } else {
            output.writeVarInt(0, true);
        }
    }
}
