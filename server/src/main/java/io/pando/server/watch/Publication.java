package io.pando.server.watch;

import io.pando.datatree.Acl;
import io.pando.datatree.Applied;
import io.pando.datatree.Change;
import io.pando.datatree.Perms;
import io.pando.datatree.Tree;
import io.pando.datatree.Znode;
import io.pando.datatree.ZnodePath;
import io.pando.server.auth.AccessControl;
import io.pando.session.EventType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The published root and the watches on it: where the core thread, which changes the tree, and the event loops, which read
 * it, meet.
 *
 * <p>Reads take {@link #root()} and nothing else. A read that also sets a watch does both under this object's monitor, as
 * publishing does: so a watch set at a root is told of everything after that root, and of nothing before. The monitor is
 * held for memory work only, never for I/O.
 */
public final class Publication {
    private final AccessControl access;
    private final WatchTable watches = new WatchTable(); // guarded by this
    private volatile Tree root; // written by the core thread under this, read by all

    public Publication(Tree root, AccessControl access) {
        this.root = root;
        this.access = access;
    }

    /** The newest tree that clients may see. Any thread. */
    public Tree root() {
        return root;
    }

    /** Reads the tree and the watches as one: nothing is published meanwhile. Any thread. */
    public synchronized <R> R watching(BiFunction<Tree, WatchTable, R> action) {
        return action.apply(root, watches);
    }

    /** Runs one publication: tells the watchers of each change in turn, then shows the last tree. Core thread. */
    public synchronized void publish(Runnable tellAll, Tree next) {
        tellAll.run();
        root = next;
    }

    /** Queues the events of one transaction, in the order of its changes. Core thread, within {@link #publish}. */
    public void tell(Applied applied, long zxid) {
        List<Change> changes = applied.changes();
        for (int i = 0; i < changes.size(); i++) {
            tell(changes.get(i), zxid);
        }
    }

    private void tell(Change change, long zxid) {
        switch (change.kind()) {
            case CREATED -> {
                tellData(EventType.NODE_CREATED, change, zxid);
                tellParent(change, zxid);
            }
            case DELETED -> {
                Set<Watcher> told = tellData(EventType.NODE_DELETED, change, zxid);
                Set<Watcher> children = new LinkedHashSet<>(watches.takeChildWatchers(change.path()));
                children.removeAll(told);
                deliver(EventType.NODE_DELETED, change.path(), zxid, children, change.node());
                tellParent(change, zxid);
            }
            case DATA_CHANGED -> tellData(EventType.NODE_DATA_CHANGED, change, zxid);
            case ACL_CHANGED -> {}
        }
    }

    private Set<Watcher> tellData(EventType type, Change change, long zxid) {
        Set<Watcher> watchers = watches.takeDataWatchers(change.path());
        deliver(type, change.path(), zxid, watchers, change.node());
        return watchers;
    }

    private void tellParent(Change change, long zxid) {
        String parent = ZnodePath.parentOf(change.path());
        deliver(EventType.NODE_CHILDREN_CHANGED, parent, zxid, watches.takeChildWatchers(parent), change.parent());
    }

    /** To those who may read {@code node}, or to all if there is none. It is looked at for them only: its memory was last touched long ago. */
    private void deliver(EventType type, String path, long zxid, Set<Watcher> watchers, @Nullable Znode node) {
        if (watchers.isEmpty()) {
            return;
        }
        List<Acl> acl = node == null ? Acl.OPEN : node.acl();
        Notification event = new Notification(type, path, zxid);
        boolean open = access.isOpen(acl);
        for (Watcher watcher : watchers) {
            if (open || access.allows(watcher.identities(), acl, Perms.READ)) {
                watcher.tell(event);
            }
        }
    }
}
