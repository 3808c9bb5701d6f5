package io.pando.datatree;

import io.pando.datatree.SessionState.EphemeralPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a whole tree from its parts, as a restored snapshot tells them: first the sessions, then the znodes from the root
 * downwards, each followed by its children and theirs. Children go into their trie at once, and the digest is
 * summed up on the way, so that it can be held against the one that was stored. Not thread-safe; good for one tree.
 */
public final class TreeBuilder {
    private final long zxid;
    private final Map<Long, OpenSession> sessions = new LinkedHashMap<>();
    private final ArrayDeque<OpenZnode> open = new ArrayDeque<>();
    private final List<Znode> roots = new ArrayList<>(); // of a tree, one
    // Of the innermost open znode.
    private final StringBuilder path = new StringBuilder();
    private long digest;
    private int ephemerals;

    /** Of the tree as it was after {@code zxid}. */
    public TreeBuilder(long zxid) {
        this.zxid = zxid;
    }

    public void session(long id, int timeoutMs, Password password) {
        SessionState state = new SessionState(id, timeoutMs, password, Trie.empty());
        if (sessions.put(id, new OpenSession(state, new ArrayList<>())) != null) {
            throw new IllegalArgumentException("Session 0x" + Long.toHexString(id) + " is there twice");
        }
        digest += Digest.ofSession(id, timeoutMs, password);
    }

    /** The next znode; it never had a child. */
    public void add(Znode znode) {
        finish(znode, pathHashOf(znode));
        closeWhatIsComplete();
    }

    /** The next znode; it has or had children, and {@code childCount} of them come next, each with all that is below it. */
    public void add(Znode znode, int childCount, int creations, long pzxid) {
        int parentLength = path.length();
        long pathHash = pathHashOf(znode);
        if (!open.isEmpty()) {
            path.append('/').append(znode.name());
        }
        open.push(new OpenZnode(znode, childCount, creations, pzxid, pathHash, parentLength, new Children.Builder()));
        closeWhatIsComplete();
    }

    /** True when all znodes that were announced are there. */
    public boolean isComplete() {
        return open.isEmpty() && !roots.isEmpty();
    }

    /** The tree, when it is complete. */
    public Tree build() {
        if (!open.isEmpty() || roots.size() != 1 || roots.get(0).key().length > 0) {
            throw new IllegalStateException("These znodes don't make one tree: " + open.size() + " lack children, and "
                    + roots.size() + " have no parent");
        }
        List<SessionState> states = new ArrayList<>(sessions.size());
        sessions.values().forEach(session -> states.add(session.state.withEphemerals(Trie.of(session.ephemerals))));
        return new Tree(zxid, roots.get(0), Trie.of(states), digest, ephemerals);
    }

    private void closeWhatIsComplete() {
        OpenZnode parent = open.peek();
        while (parent != null && parent.children.size() == parent.childCount) {
            close(open.pop());
            parent = open.peek();
        }
    }

    private void close(OpenZnode parent) {
        Znode znode = parent.znode.withChildren(parent.children.build(parent.creations, parent.pzxid));
        digest += Digest.ofChildren(parent.pathHash, znode);
        path.setLength(parent.parentPathLength);
        finish(znode, parent.pathHash);
    }

    /** Made from the parent's, since most paths are never written out. */
    private long pathHashOf(Znode znode) {
        OpenZnode parent = open.peek();
        if (parent == null) {
            return Digest.ROOT_PATH;
        }
        long withSlash = Digest.path(parent.pathHash, "/", 0, 1);
        return Digest.path(withSlash, znode.key());
    }

    private void finish(Znode znode, long pathHash) {
        digest += Digest.ofNode(pathHash, znode);
        if (Owner.isEphemeral(znode.owner())) {
            String ephemeral = path + "/" + znode.name();
            OpenSession session = sessions.get(znode.owner());
            if (session == null) {
                throw new IllegalArgumentException(
                        "The session of " + ephemeral + " is unknown: 0x" + Long.toHexString(znode.owner()));
            }
            session.ephemerals.add(new EphemeralPath(ephemeral));
            ephemerals++;
        }
        OpenZnode parent = open.peek();
        if (parent == null) {
            roots.add(znode);
        } else {
            parent.children.add(znode);
        }
    }

    private record OpenSession(SessionState state, List<EphemeralPath> ephemerals) {}

    private record OpenZnode(
            Znode znode,
            int childCount,
            int creations,
            long pzxid,
            long pathHash,
            int parentPathLength,
            Children.Builder children) {}
}
