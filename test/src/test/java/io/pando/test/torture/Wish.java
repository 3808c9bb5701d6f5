package io.pando.test.torture;

import io.pando.test.znodes.Violations;
import java.util.Set;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/**
 * A one-time watch and what became of it. All that its client hears comes in the order in which the server sent it, on one thread; the
 * client's own thread asks how it stands. The monitor guards what both know.
 */
final class Wish implements Watcher {
    /** The zxid of a znode that is not there. */
    static final long ABSENT = 0;

    private final String who;
    private final String path;
    private final WatchKind kind;
    private final Violations violations;
    private long armedAt;
    private boolean armed;
    private boolean told;
    private boolean over;

    Wish(String who, String path, WatchKind kind, Violations violations) {
        this.who = who;
        this.path = path;
        this.kind = kind;
        this.violations = violations;
    }

    /** The watch was left when the znode was as of {@code zxid}, or {@link #ABSENT}. */
    synchronized void isLeft(long zxid) {
        armedAt = zxid;
        armed = true;
    }

    @Override
    public synchronized void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.None) return;
        if (!awaited().contains(event.getType()) || !path.equals(event.getPath())) {
            violations.add(left() + " and was told " + event);
        }
        if (told) violations.add(left() + " and was told twice");
        told = true;
    }

    private Set<Event.EventType> awaited() {
        return switch (kind) {
            case DATA -> Set.of(Event.EventType.NodeDataChanged);
            case CHILDREN -> Set.of(Event.EventType.NodeChildrenChanged);
            case EXISTENCE ->
                armedAt == ABSENT
                        ? Set.of(Event.EventType.NodeCreated)
                        : Set.of(Event.EventType.NodeDataChanged, Event.EventType.NodeDeleted);
            case PERSISTENT, RECURSIVE -> throw new IllegalStateException("Not a one-time watch: " + kind);
        };
    }

    /** Its session reads the znode as of {@code zxid}, or {@link #ABSENT}. */
    synchronized void sees(long zxid) {
        boolean isOther = kind == WatchKind.EXISTENCE ? zxid != armedAt : Long.compareUnsigned(zxid, armedAt) > 0;
        if (isOther && !told) {
            violations.add(left() + ", and saw it as of " + hex(zxid) + " without having been told of a change");
        }
        // What is not there again looks as before.
        if (told && !isOther && armedAt != ABSENT) {
            violations.add(left() + ", was told that it has changed, and then read it as of " + hex(zxid));
        }
        over = told || isOther;
    }

    private String left() {
        return who + " left a watch for " + kind + " of " + path + " as of " + hex(armedAt);
    }

    synchronized boolean isArmed() {
        return armed;
    }

    /** Told, and what was told was seen; or broken. */
    synchronized boolean isOver() {
        return over;
    }

    private static String hex(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
