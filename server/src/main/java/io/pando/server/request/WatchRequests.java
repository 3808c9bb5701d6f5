package io.pando.server.request;

import static io.pando.server.request.Refusal.unless;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Perms;
import io.pando.datatree.Tree;
import io.pando.datatree.Znode;
import io.pando.server.auth.AccessControl;
import io.pando.server.watch.Notification;
import io.pando.server.watch.WatchMode;
import io.pando.server.watch.WatchTable;
import io.pando.server.watch.Watcher;
import io.pando.session.AddWatchMode;
import io.pando.session.EventType;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.WatchRequest;
import io.pando.session.WatcherType;
import java.util.function.Consumer;

/**
 * Sets, removes and asks about watches ({@code wire-protocol.md} section 16). Every method runs under the monitor of the
 * {@link io.pando.server.watch.Publication} that the tree and the table belong to, on an event loop.
 */
public final class WatchRequests {
    private final AccessControl access;

    public WatchRequests(AccessControl access) {
        this.access = access;
    }

    /** The mode of the one-shot watch that a read wishes for; 0 if it wishes for none. */
    public static int wishedBy(ReadRequest request) {
        return switch (request) {
            case ReadRequest.GetData get -> get.watch() ? WatchMode.DATA : 0;
            case ReadRequest.Exists exists -> exists.watch() ? WatchMode.DATA : 0;
            case ReadRequest.GetChildren get -> get.watch() ? WatchMode.CHILD : 0;
            case ReadRequest.GetChildren2 get -> get.watch() ? WatchMode.CHILD : 0;
            case ReadRequest.GetAcl get -> 0;
            case ReadRequest.GetEphemerals get -> 0;
            case ReadRequest.GetAllChildrenNumber get -> 0;
            case ReadRequest.MultiRead multi -> 0;
        };
    }

    /** Sets the watch a read wishes for, if the read will succeed; exists may also watch for what is not there. */
    public void watch(Tree tree, WatchTable table, Watcher watcher, ReadRequest request) {
        switch (request) {
            case ReadRequest.GetData get -> watchReadable(tree, table, watcher, get.path(), WatchMode.DATA);
            case ReadRequest.GetChildren get -> watchReadable(tree, table, watcher, get.path(), WatchMode.CHILD);
            case ReadRequest.GetChildren2 get -> watchReadable(tree, table, watcher, get.path(), WatchMode.CHILD);
            case ReadRequest.Exists exists -> {
                String path = exists.path();
                Znode node = tree.find(path);
                if (node == null ? path.indexOf('\0') < 0 : mayRead(watcher, node)) {
                    table.add(watcher, path, WatchMode.DATA);
                }
            }
            default -> throw new IllegalStateException("Sets no watch: " + request);
        }
    }

    private void watchReadable(Tree tree, WatchTable table, Watcher watcher, String path, int mode) {
        Znode node = tree.find(path);
        if (node != null && mayRead(watcher, node)) {
            table.add(watcher, path, mode);
        }
    }

    private boolean mayRead(Watcher watcher, Znode node) {
        return access.allows(watcher.identities(), node.acl(), Perms.READ);
    }

    /**
     * Carries out a watch request.
     *
     * @param caughtUp takes the events that a reconnecting client has missed, in the order they are to be sent
     */
    public Reply carryOut(
            Tree tree, WatchTable table, Watcher watcher, WatchRequest request, Consumer<Notification> caughtUp)
            throws Refusal {
        return switch (request) {
            case WatchRequest.SetWatches set -> {
                new CatchUp(tree, table, watcher, set.relativeZxid(), caughtUp).run(set);
                yield new Reply.Nothing();
            }
            case WatchRequest.AddWatch add -> {
                table.add(watcher, add.path(), modeOf(add.mode()));
                yield new Reply.Code(ErrorCode.OK.code());
            }
            case WatchRequest.RemoveWatches remove -> {
                int modes = modesOf(remove.type());
                requireHeld(table, watcher, remove.path(), modes);
                table.remove(watcher, remove.path(), modes);
                yield new Reply.Nothing();
            }
            case WatchRequest.CheckWatches check -> {
                requireHeld(table, watcher, check.path(), modesOf(check.type()));
                yield new Reply.Nothing();
            }
        };
    }

    private static void requireHeld(WatchTable table, Watcher watcher, String path, int modes) throws Refusal {
        unless((table.modes(watcher, path) & modes) != 0, ErrorCode.NO_WATCHER);
    }

    private static int modeOf(AddWatchMode mode) {
        return switch (mode) {
            case PERSISTENT -> WatchMode.PERSISTENT;
            case PERSISTENT_RECURSIVE -> WatchMode.RECURSIVE;
        };
    }

    private static int modesOf(WatcherType type) {
        return switch (type) {
            case CHILDREN -> WatchMode.CHILD;
            case DATA -> WatchMode.DATA;
            case ANY -> WatchMode.ANY;
            case PERSISTENT -> WatchMode.PERSISTENT;
            case PERSISTENT_RECURSIVE -> WatchMode.RECURSIVE;
        };
    }

    /**
     * A client is back and says what it watched and up to which zxid it saw: what it missed is told at once, what is
     * unchanged is watched again. What it may not read it is not told of, as with any event.
     */
    private final class CatchUp {
        private final Tree tree;
        private final WatchTable table;
        private final Watcher watcher;
        private final long seen;
        private final Consumer<Notification> events;

        CatchUp(Tree tree, WatchTable table, Watcher watcher, long seen, Consumer<Notification> events) {
            this.tree = tree;
            this.table = table;
            this.watcher = watcher;
            this.seen = seen;
            this.events = events;
        }

        void run(WatchRequest.SetWatches set) {
            set.data().forEach(this::data);
            set.exist().forEach(this::exist);
            set.child().forEach(this::child);
            set.persistent().forEach(path -> table.add(watcher, path, WatchMode.PERSISTENT));
            set.recursive().forEach(path -> table.add(watcher, path, WatchMode.RECURSIVE));
        }

        private void data(String path) {
            Znode node = tree.find(path);
            if (node == null) {
                tell(EventType.NODE_DELETED, path);
            } else if (node.mzxid() > seen) {
                tellIfReadable(EventType.NODE_DATA_CHANGED, path, node);
            } else {
                table.add(watcher, path, WatchMode.DATA);
            }
        }

        private void exist(String path) {
            Znode node = tree.find(path);
            if (node != null) {
                tellIfReadable(EventType.NODE_CREATED, path, node);
            } else {
                table.add(watcher, path, WatchMode.DATA);
            }
        }

        private void child(String path) {
            Znode node = tree.find(path);
            if (node == null) {
                tell(EventType.NODE_DELETED, path);
            } else if (node.pzxid() > seen) {
                tellIfReadable(EventType.NODE_CHILDREN_CHANGED, path, node);
            } else {
                table.add(watcher, path, WatchMode.CHILD);
            }
        }

        private void tellIfReadable(EventType type, String path, Znode node) {
            if (mayRead(watcher, node)) {
                tell(type, path);
            }
        }

        private void tell(EventType type, String path) {
            events.accept(new Notification(type, path, Notification.NO_ZXID));
        }
    }
}
