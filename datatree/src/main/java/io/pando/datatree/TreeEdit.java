package io.pando.datatree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One application of one txn: starts from a tree, takes the effects one by one, and ends with the next tree. It lives for
 * a single call of {@link Tree#apply}; when an effect is refused by an exception, nobody ever sees what it held.
 */
final class TreeEdit implements Txn.Visitor {
    private final Txn txn;
    private final long zxid;
    private final long timeMs;
    private final @Nullable Place known;
    private final List<Change> changes = new ArrayList<>(1);
    private Znode root;
    private Trie<SessionState> sessions;
    private long digest;
    private int ephemerals;

    /** @param known where the txn leads, if somebody has looked already */
    TreeEdit(Tree tree, long zxid, long timeMs, Txn txn, @Nullable Place known) {
        this.txn = txn;
        this.zxid = zxid;
        this.timeMs = timeMs;
        this.known = known;
        this.root = tree.root();
        this.sessions = tree.sessions();
        this.digest = tree.digest();
        this.ephemerals = tree.ephemeralCount();
    }

    Applied run() {
        txn.accept(this);
        return new Applied(new Tree(zxid, root, sessions, digest, ephemerals), changes);
    }

    @Override
    public void create(Txn.Create create) {
        String path = create.path();
        String problem = ZnodePath.problem(path);
        if (problem != null) {
            throw refused(problem);
        }
        Place place = placeOf(path);
        Znode parent = required(place.parent(), "the parent does not exist");
        if (place.znode() != null) {
            throw refused("the znode exists already");
        }
        if (Owner.isEphemeral(parent.owner())) {
            throw refused("an ephemeral can't have children");
        }
        if (Owner.isEphemeral(create.owner())) {
            SessionState session =
                    required(sessions.find(SessionState.keyOf(create.owner())), "there is no such session");
            sessions = sessions.replacing(session.withEphemeral(path));
            ephemerals++;
        }
        Znode node = Znode.created(place.name(), create.data(), create.acl(), create.owner(), zxid, timeMs);
        Znode parentAfter = parent.creating(place.hash(), node, zxid);
        root = place.rootWithParent(parentAfter);
        long pathHash = digestParent(path, parent, parentAfter);
        digest += Digest.ofNode(pathHash, node);
        changes.add(new Change(Change.Kind.CREATED, path, node, parentAfter));
    }

    @Override
    public void delete(Txn.Delete delete) {
        String path = delete.path();
        if (BuiltIn.isBuiltIn(path)) {
            throw refused("built-in znodes stay");
        }
        Znode node = delete(path);
        if (Owner.isEphemeral(node.owner())) {
            SessionState session = required(sessions.find(SessionState.keyOf(node.owner())), "its session is unknown");
            sessions = sessions.replacing(session.withoutEphemeral(path));
        }
    }

    @Override
    public void setData(Txn.SetData setData) {
        Place place = placeOf(setData.path());
        Znode before = existing(place);
        Znode after = before.withData(setData.data(), setData.version(), zxid, timeMs);
        changed(Change.Kind.DATA_CHANGED, setData.path(), place, before, after);
    }

    @Override
    public void setAcl(Txn.SetAcl setAcl) {
        Place place = placeOf(setAcl.path());
        Znode before = existing(place);
        Znode after = before.withAcl(setAcl.acl(), setAcl.aversion());
        changed(Change.Kind.ACL_CHANGED, setAcl.path(), place, before, after);
    }

    @Override
    public void check(Txn.Check check) {
        existing(placeOf(check.path()));
    }

    @Override
    public void multi(Txn.Multi multi) {
        for (Txn part : multi.parts()) {
            part.accept(this);
        }
    }

    @Override
    public void createSession(Txn.CreateSession create) {
        if (sessions.find(SessionState.keyOf(create.id())) != null) {
            throw refused("there is such a session already");
        }
        sessions = sessions.adding(new SessionState(create.id(), create.timeoutMs(), create.password(), Trie.empty()));
        digest += Digest.ofSession(create.id(), create.timeoutMs(), create.password());
    }

    @Override
    public void closeSession(Txn.CloseSession close) {
        SessionState session = required(sessions.find(SessionState.keyOf(close.id())), "there is no such session");
        session.forEachEphemeral(this::delete);
        sessions = sessions.removing(session);
        digest -= Digest.ofSession(close.id(), session.timeoutMs(), session.password());
    }

    @Override
    public void failed(Txn.Failed failed) {}

    @Override
    public void multiFailed(Txn.MultiFailed failed) {}

    /** Removes the znode from the tree, though not from the session that it may belong to. */
    private Znode delete(String path) {
        Place place = placeOf(path);
        Znode parent = required(place.parent(), "the parent does not exist");
        Znode node = existing(place);
        if (node.childCount() > 0) {
            throw refused("the znode has children");
        }
        Znode parentAfter = parent.deleting(place.hash(), node, zxid);
        root = place.rootWithParent(parentAfter);
        long pathHash = digestParent(path, parent, parentAfter);
        digest -= Digest.ofNode(pathHash, node) + Digest.ofChildren(pathHash, node);
        ephemerals -= Owner.isEphemeral(node.owner()) ? 1 : 0;
        changes.add(new Change(Change.Kind.DELETED, path, node, parentAfter));
        return node;
    }

    private void changed(Change.Kind kind, String path, Place place, Znode before, Znode after) {
        root = place.rootWith(after);
        long pathHash = Digest.path(path);
        digest += Digest.ofNode(pathHash, after) - Digest.ofNode(pathHash, before);
        changes.add(new Change(kind, path, after, null));
    }

    /** Returns the hash of {@code path}, which begins with that of its parent. */
    private long digestParent(String path, Znode before, Znode after) {
        int slash = path.lastIndexOf('/');
        long parentHash = Digest.path(Digest.ROOT_PATH, path, 0, slash);
        digest += Digest.ofChildren(parentHash, after) - Digest.ofChildren(parentHash, before);
        return Digest.path(parentHash, path, slash, path.length());
    }

    private Place placeOf(String path) {
        return known != null && known.isOf(root, path) ? known : Place.in(root, path);
    }

    private Znode existing(Place place) {
        return required(place.znode(), "the znode does not exist");
    }

    private <T> T required(@Nullable T value, String otherwise) {
        if (value == null) {
            throw refused(otherwise);
        }
        return value;
    }

    private TxnDoesNotApplyException refused(String reason) {
        return new TxnDoesNotApplyException(zxid, txn, reason);
    }
}
