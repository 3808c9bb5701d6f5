package io.pando.datatree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All znodes and sessions as they are after one zxid: a value. Applying a txn gives another tree and leaves this one as it
 * was, so any number of threads may read a tree for as long as they like, and holding one is a snapshot. Two trees that
 * applied the same txns are equal in everything that can be asked of them, {@link #digest} included.
 */
public final class Tree {
    /** Of the way in which {@link #digest} is made: those of different versions say nothing about one another. */
    public static final int DIGEST_VERSION = 1;

    private static final Tree EMPTY = BuiltIn.tree();

    private final long zxid;
    private final Znode root;
    private final Trie<SessionState> sessions;
    private final long digest;
    private final int ephemerals;

    Tree(long zxid, Znode root, Trie<SessionState> sessions, long digest, int ephemerals) {
        this.zxid = zxid;
        this.root = root;
        this.sessions = sessions;
        this.digest = digest;
        this.ephemerals = ephemerals;
    }

    /** The tree that everything begins with: the built-in znodes, at zxid 0. */
    public static Tree empty() {
        return EMPTY;
    }

    /** The last txn that is in this tree. */
    public long zxid() {
        return zxid;
    }

    /** A fingerprint of all znodes and sessions, though not of the zxid: equal trees have equal digests. */
    public long digest() {
        return digest;
    }

    /** Znodes, the root and the built-in ones included. */
    public long nodeCount() {
        return 1 + root.descendants();
    }

    /** Bytes of data in all znodes. */
    public long dataBytes() {
        return root.subtreeBytes();
    }

    public int ephemeralCount() {
        return ephemerals;
    }

    public int sessionCount() {
        return sessions.size();
    }

    /** The root, from which everything can be visited; its parts are shown as they are stored. */
    public Znode root() {
        return root;
    }

    /**
     * The znode at {@code path} as clients see it, or null where there is none; text that is no path names no znode. A
     * quota's stats znode carries the current usage instead of what is stored in it.
     */
    public @Nullable Znode find(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return null;
        }
        Znode found = PathNames.of(path).descend(root);
        return found == null ? null : QuotaTree.shown(root, path, found);
    }

    /** Where {@code path} leads, for whoever decides about a write there and has it carried out by {@link #apply} then. */
    public Place place(String path) {
        return Place.in(root, path);
    }

    public @Nullable SessionState session(long id) {
        return sessions.find(SessionState.keyOf(id));
    }

    public void forEachSession(Consumer<? super SessionState> action) {
        sessions.forEach(action);
    }

    /**
     * The tree after {@code txn}, and what that changed.
     *
     * @param zxid the place of the txn in the log, after all that this tree has seen
     * @param timeMs the leader's clock, in milliseconds since 1970; all servers apply a txn with the same time
     * @throws TxnDoesNotApplyException when the txn contradicts this tree, of which nothing is done then
     */
    public Applied apply(long zxid, long timeMs, Txn txn) {
        return apply(zxid, timeMs, txn, null);
    }

    /**
     * The same.
     *
     * @param place where the txn's path leads, if somebody has looked: another one, or that of another tree, is not heeded
     */
    public Applied apply(long zxid, long timeMs, Txn txn, @Nullable Place place) {
        if (Long.compareUnsigned(zxid, this.zxid) <= 0) {
            throw new TxnDoesNotApplyException(
                    zxid, txn, "the tree has seen 0x" + Long.toHexString(this.zxid) + " already");
        }
        return new TreeEdit(this, zxid, timeMs, txn, place).run();
    }

    /**
     * The tree after one part of a multi: as {@link #apply}, but parts before it may have brought this tree to {@code zxid}
     * already. So a multi can be decided part by part; the last tree equals that of the multi applied at once.
     */
    public Applied applyPart(long zxid, long timeMs, Txn part, @Nullable Place place) {
        return zxid == this.zxid
                ? new TreeEdit(this, zxid, timeMs, part, place).run()
                : apply(zxid, timeMs, part, place);
    }

    /** The same state as of a later zxid, whose record in the log is no txn. */
    public Tree advancedTo(long newZxid) {
        if (Long.compareUnsigned(newZxid, zxid) < 0) {
            throw new IllegalArgumentException(
                    "A tree at 0x" + Long.toHexString(zxid) + " can't go back to 0x" + Long.toHexString(newZxid));
        }
        return new Tree(newZxid, root, sessions, digest, ephemerals);
    }

    /**
     * Paths of znodes that have outlived their purpose: childless containers that had a child before, or never had one
     * for longer than {@code neverUsedContainerAfterMs} unless that is 0, and childless znodes unchanged for longer than
     * their time to live.
     *
     * @param limit how many to return at most
     */
    public List<String> reapable(long nowMs, long neverUsedContainerAfterMs, int limit) {
        return new ReapableScan(nowMs, neverUsedContainerAfterMs, limit).in(root);
    }

    /** The quota that covers the valid {@code path}, which need not exist yet; null when none does. */
    public @Nullable Quota quotaFor(String path) {
        return QuotaTree.quotaFor(root, path);
    }

    Trie<SessionState> sessions() {
        return sessions;
    }
}
