package io.pando.test.torture;

import io.pando.test.znodes.Violations;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.data.Stat;

/**
 * A persistent watch and what became of it: while its connection lasts it is told of every change, of each once and in their order, before
 * its session sees what came of it. Znodes count their changes, so that can be counted. What happens while there is no connection, it is
 * not told. Confined to the thread of its client's events, on which answers come as well, in the order in which the server sent all that.
 */
final class LastingWatch implements Watcher {
    private final String who;
    private final String watched;
    private final WatchKind kind;
    private final Violations violations;
    private final AtomicInteger told;
    private final Map<String, Sight> sights = new HashMap<>();
    private long newest;

    /** A znode as it was seen last in this connection, and what was told of it since. */
    private static final class Sight {
        private final Stat stat;
        private int dataTold;
        private int childrenTold;

        Sight(Stat stat) {
            this.stat = stat;
        }
    }

    /** @param told counts what was told and turned out to be true */
    LastingWatch(String who, String watched, WatchKind kind, Violations violations, AtomicInteger told) {
        this.who = who;
        this.watched = watched;
        this.kind = kind;
        this.violations = violations;
        this.told = told;
    }

    @Override
    public void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.None) {
            // The connection is lost, or there is another one.
            sights.clear();
            newest = 0;
            return;
        }
        if (event.getZxid() != WatchedEvent.NO_ZXID) {
            if (event.getZxid() < newest) violations.add(has() + " was told " + event + " after what happened later");
            newest = event.getZxid();
        }
        boolean isRecursive = kind == WatchKind.RECURSIVE;
        String path = event.getPath();
        switch (event.getType()) {
            case NodeDataChanged -> {
                if (sights.containsKey(path)) sights.get(path).dataTold++;
            }
            case NodeChildrenChanged -> {
                if (isRecursive || !path.equals(watched)) wrong(event);
                childrenChanged(path);
            }
            case NodeCreated, NodeDeleted -> {
                if (!isRecursive || !path.startsWith(watched + "/")) wrong(event);
                childrenChanged(path.substring(0, path.lastIndexOf('/')));
            }
            default -> wrong(event);
        }
    }

    private void childrenChanged(String path) {
        if (sights.containsKey(path)) sights.get(path).childrenTold++;
    }

    private void wrong(WatchedEvent event) {
        violations.add(has() + " was told " + event + ", which it is not for");
    }

    /** Its session reads a znode; returns whether that could be compared with what it was told. */
    boolean sees(String path, Stat stat) {
        Sight before = sights.put(path, new Sight(stat));
        if (before == null) return false;
        compare(path, "data", stat.getVersion() - before.stat.getVersion(), before.dataTold, before, stat);
        compare(path, "children", stat.getCversion() - before.stat.getCversion(), before.childrenTold, before, stat);
        told.addAndGet(before.dataTold + before.childrenTold);
        return true;
    }

    private void compare(String path, String what, int happened, int heard, Sight before, Stat now) {
        if (happened != heard) {
            violations.add(has() + " was told of " + heard + " changes of the " + what + " of " + path + ", and saw "
                    + happened + ", between " + before.stat + " and " + now);
        }
    }

    private String has() {
        return who + " has a watch, " + kind + ", on " + watched + " and";
    }
}
