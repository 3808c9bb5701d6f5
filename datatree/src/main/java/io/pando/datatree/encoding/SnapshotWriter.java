package io.pando.datatree.encoding;

import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Prefetch;
import io.pando.datatree.SessionState;
import io.pando.datatree.Tree;
import io.pando.datatree.Znode;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Writes one tree in the format of {@link TreeSnapshot}. Remembers no more than the way down to where it is. */
final class SnapshotWriter {
    private final Output output;
    private final SnapshotAcls.Writer acls = new SnapshotAcls.Writer();
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
        Fields.writeData(output, session.password().bytes());
    }

    /** Depth first, parents before their children. Paths can be of any depth, so this is a loop. */
    private void writeFrom(Znode root) {
        ArrayDeque<Siblings> way = new ArrayDeque<>();
        write(root);
        way.push(new Siblings(root));
        Siblings siblings = way.peek();
        while (siblings != null) {
            Znode node = siblings.next();
            if (node == null) {
                way.pop();
            } else {
                write(node);
                if (node.childCount() > 0) {
                    way.push(new Siblings(node));
                }
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

    /**
     * The children of a znode, of which several are touched together before the first is written: the processor waits for
     * memory once for all of them then, instead of once for each.
     */
    private static final class Siblings {
        private static final int MOST_AHEAD = 32;

        private final Iterator<Znode> rest;
        private final Znode[] ahead;
        private int count;
        private int next;

        @SuppressWarnings("UnusedVariable") // Kept, so that the reading is not left out.
        private int read;

        Siblings(Znode parent) {
            rest = parent.children();
            ahead = new Znode[Math.min(MOST_AHEAD, parent.childCount())];
        }

        @Nullable
        Znode next() {
            if (next == count) {
                lookAhead();
            }
            return next < count ? ahead[next++] : null;
        }

        private void lookAhead() {
            next = 0;
            count = 0;
            while (count < ahead.length && rest.hasNext()) {
                ahead[count++] = rest.next();
            }
            for (int i = 0; i < count; i++) {
                read += Prefetch.touch(ahead[i]);
            }
        }
    }
}
