package io.pando.test.torture;

import io.pando.test.znodes.Violations;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/**
 * A one-time watch and what became of it. All that its client hears comes in the order in which the server sent it, on one thread; the
 * client's own thread asks how it stands. The monitor guards what both know.
 */
final class Wish implements Watcher {
    private final String who;
    private final String path;
    private final Event.EventType awaited;
    private final Violations violations;
    private long armedAt;
    private boolean armed;
    private boolean told;
    private boolean fulfilled;

    Wish(String who, String path, Event.EventType awaited, Violations violations) {
        this.who = who;
        this.path = path;
        this.awaited = awaited;
        this.violations = violations;
    }

    /** The watch was left when the znode was as of {@code zxid}. */
    synchronized void isLeft(long zxid) {
        armedAt = zxid;
        armed = true;
    }

    @Override
    public synchronized void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.None) return;
        if (event.getType() != awaited || !path.equals(event.getPath())) {
            violations.add(who + " left a watch on " + path + " and was told " + event);
        }
        if (told) violations.add(who + " left one watch on " + path + " and was told twice");
        told = true;
    }

    /** Its session reads the znode as of {@code zxid}. */
    synchronized void sees(long zxid) {
        boolean isNewer = Long.compareUnsigned(zxid, armedAt) > 0;
        if (isNewer && !told) {
            violations.add(who + " left a watch on " + path + " as of " + hex(armedAt) + ", and saw it as of "
                    + hex(zxid) + " without having been told of a change");
        }
        if (told && !isNewer) {
            violations.add(who + " was told that " + path + " has changed since " + hex(armedAt)
                    + ", and then read it as of " + hex(zxid));
        }
        fulfilled = told;
    }

    synchronized boolean isArmed() {
        return armed;
    }

    /** Told, and what was told was seen. */
    synchronized boolean isFulfilled() {
        return fulfilled;
    }

    private static String hex(long zxid) {
        return "0x" + Long.toHexString(zxid);
    }
}
