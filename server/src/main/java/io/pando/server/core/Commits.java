package io.pando.server.core;

import io.pando.datatree.Applied;
import io.pando.datatree.Prefetch;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.TreeSnapshot;
import io.pando.zab.runtime.SnapshotBody;
import io.pando.zab.runtime.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree that all committed transactions have made, and those of them that are not shown to anybody yet. Core thread, except for
 * {@link #read}.
 */
final class Commits {
    /** So many transactions are carried out together at most, so that what they need of the tree is brought together. */
    private static final int MOST_TOGETHER = Prefetch.ENOUGH_PATHS;

    private final List<Commit> unpublished = new ArrayList<>();
    private final Deque<Delivered> delivered = new ArrayDeque<>(); // and not carried out yet
    private final LookAhead<Delivered> lookAhead = LookAhead.ofTxns(Delivered::txn);
    private Tree tree = Tree.empty();
    private boolean recovering = true;
    private boolean installed;

    /**
     * A committed transaction and what it has made of the tree.
     *
     * @param asked by a client of this server, or null
     */
    record Commit(
            long zxid, Txn txn, Applied applied, @Nullable Asked asked) {}

    /** One that was decided elsewhere, and has committed. */
    private record Delivered(
            long zxid, Envelope envelope, @Nullable Asked asked) {
        Txn txn() {
            return envelope.txn();
        }
    }

    Tree tree() {
        carryOut();
        return tree;
    }

    /** Reads the tree of a snapshot, which replaces the one that is here when it is installed. Any thread. */
    StateMachine.Loaded read(InputStream snapshot, long zxid) throws IOException {
        Tree read = TreeSnapshot.read(snapshot);
        if (Long.compareUnsigned(read.zxid(), zxid) > 0) {
            throw new IOException("The snapshot of zxid 0x" + Long.toHexString(zxid) + " holds the tree of zxid 0x"
                    + Long.toHexString(read.zxid()));
        }
        return () -> {
            carryOut();
            tree = read.advancedTo(zxid);
            installed = true;
        };
    }

    SnapshotBody capture() {
        Tree held = tree();
        return out -> TreeSnapshot.write(held, out);
    }

    /** One that was decided here: it is known what it makes of the tree. */
    void add(Leadership.Proposal proposal) {
        carryOut();
        add(new Commit(proposal.zxid(), proposal.txn(), proposal.applied(), proposal.asked()));
    }

    /** One that was decided elsewhere. It is carried out with those that come behind it, or when somebody asks for the tree. */
    void add(long zxid, Envelope envelope, @Nullable Asked asked) {
        delivered.add(new Delivered(zxid, envelope, asked));
        if (delivered.size() == MOST_TOGETHER) {
            carryOut();
        }
    }

    private void carryOut() {
        while (!delivered.isEmpty()) {
            lookAhead.next(delivered, tree);
            Delivered next = delivered.remove();
            Applied applied = tree.apply(next.zxid(), next.envelope().timeMs(), next.txn());
            add(new Commit(next.zxid(), next.txn(), applied, next.asked()));
        }
    }

    private void add(Commit commit) {
        tree = commit.applied().tree();
        if (!recovering) {
            unpublished.add(commit);
        }
    }

    /** Nothing has changed up to here, and nothing will any more. */
    void advanceTo(long zxid) {
        tree = tree().advancedTo(zxid);
    }

    /** What comes from here on has to be shown. */
    void endRecovery(long zxid) {
        advanceTo(zxid);
        recovering = false;
        installed = false; // the snapshot that recovery began with: nobody has missed anything since
    }

    /** Whether a snapshot has replaced the tree since this was asked the last time. */
    boolean takeInstalled() {
        boolean was = installed;
        installed = false;
        return was;
    }

    /** In the order of zxids. */
    List<Commit> unpublished() {
        carryOut();
        return unpublished;
    }

    void published() {
        unpublished.clear();
    }
}
