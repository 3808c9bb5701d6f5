package io.pando.test.whole;

import io.pando.session.EventType;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.SimFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The watches of one client, and what it has to be told by them: each event once, in the order of transactions, and before it is told of
 * anything newer.
 */
final class WatchBook {
    private final Oracle oracle;
    // One-shot watches on a znode; the value says whether it existed when it was set.
    private final TreeMap<String, Boolean> data = new TreeMap<>();
    private final TreeSet<String> children = new TreeSet<>();
    private final TreeSet<String> persistent = new TreeSet<>();
    private final TreeSet<String> recursive = new TreeSet<>();
    private final List<Due> due = new ArrayList<>();
    private final List<Event> caughtUp = new ArrayList<>();
    private long upTo;

    private record Event(EventType type, String path) {}

    private record Due(long zxid, Event event) {}

    WatchBook(Oracle oracle) {
        this.oracle = oracle;
    }

    boolean isEmpty() {
        return data.isEmpty() && children.isEmpty() && persistent.isEmpty() && recursive.isEmpty();
    }

    // ---- what is set

    void watchData(String path, boolean exists) {
        data.putIfAbsent(path, exists);
    }

    void watchChildren(String path) {
        children.add(path);
    }

    void watchPersistently(String path) {
        persistent.add(path);
    }

    void watchRecursively(String path) {
        recursive.add(path);
    }

    // ---- what is told

    /** The client is told of this zxid: by then it has been told of all events up to it. */
    void told(long zxid, Object what) {
        advance(zxid);
        if (!due.isEmpty()) {
            throw new SimFailure("Never told of " + due + " before " + what + " at " + Zxid.toString(zxid));
        }
    }

    void event(long zxid, WatchEvent told) {
        Event event = new Event(told.type(), told.path());
        if (zxid == -1) {
            caughtUp.add(event);
            return;
        }
        if (zxid < upTo) {
            throw new SimFailure("Told of " + event + " at " + Zxid.toString(zxid) + " behind " + Zxid.toString(upTo));
        }
        advance(zxid);
        if (!due.remove(new Due(zxid, event))) {
            throw new SimFailure("Told of " + event + " at " + Zxid.toString(zxid) + ", but due was " + due);
        }
        if (!due.isEmpty() && due.getFirst().zxid < zxid) {
            throw new SimFailure("Never told of " + due + " before " + event + " at " + Zxid.toString(zxid));
        }
    }

    private void advance(long zxid) {
        for (Oracle.Entry entry : oracle.between(upTo, zxid)) {
            entry.changes().forEach(change -> happens(entry.zxid(), change));
        }
        upTo = Math.max(upTo, zxid);
    }

    private void happens(long zxid, Znodes.Change change) {
        String path = change.path();
        boolean lasting = persistent.contains(path) || isBelowRecursive(path);
        switch (change.kind()) {
            case CREATED -> {
                if (takeData(path) || lasting) {
                    add(zxid, EventType.NODE_CREATED, path);
                }
                tellParent(zxid, path);
            }
            case DELETED -> {
                boolean onData = takeData(path);
                boolean onChildren = children.remove(path);
                if (onData || onChildren || lasting) {
                    add(zxid, EventType.NODE_DELETED, path);
                }
                tellParent(zxid, path);
            }
            case DATA -> {
                if (takeData(path) || lasting) {
                    add(zxid, EventType.NODE_DATA_CHANGED, path);
                }
            }
        }
    }

    private boolean takeData(String path) {
        return data.remove(path) != null;
    }

    private void tellParent(long zxid, String path) {
        String parent = Znodes.parentOf(path);
        if (children.remove(parent) || persistent.contains(parent)) {
            add(zxid, EventType.NODE_CHILDREN_CHANGED, parent);
        }
    }

    private boolean isBelowRecursive(String path) {
        return recursive.stream().anyMatch(above -> path.equals(above) || path.startsWith(above + "/"));
    }

    private void add(long zxid, EventType type, String path) {
        due.add(new Due(zxid, new Event(type, path)));
    }

    // ---- after a connection was lost

    /** What a client says when it is back. */
    WatchRequest.SetWatches setAgain(long lastZxid) {
        due.clear();
        caughtUp.clear();
        upTo = lastZxid;
        return new WatchRequest.SetWatches(
                lastZxid,
                dataWatches(true),
                dataWatches(false),
                List.copyOf(children),
                List.copyOf(persistent),
                List.copyOf(recursive));
    }

    private List<String> dataWatches(boolean exists) {
        return data.entrySet().stream()
                .filter(watch -> watch.getValue() == exists)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All watches are set again at this zxid: what was missed has been told before. */
    void setAgainAt(long zxid, WatchRequest.SetWatches request) {
        Znodes znodes = oracle.znodes();
        long seen = request.relativeZxid();
        List<Event> missed = new ArrayList<>();
        for (String path : request.data()) {
            if (!znodes.exists(zxid, path)) {
                missed.add(new Event(EventType.NODE_DELETED, path));
                data.remove(path);
            } else if (znodes.mzxid(zxid, path) > seen) {
                missed.add(new Event(EventType.NODE_DATA_CHANGED, path));
                data.remove(path);
            }
        }
        for (String path : request.exist()) {
            if (znodes.exists(zxid, path)) {
                missed.add(new Event(EventType.NODE_CREATED, path));
                data.remove(path);
            }
        }
        for (String path : request.child()) {
            if (!znodes.exists(zxid, path)) {
                missed.add(new Event(EventType.NODE_DELETED, path));
                children.remove(path);
            } else if (znodes.pzxid(zxid, path) > seen) {
                missed.add(new Event(EventType.NODE_CHILDREN_CHANGED, path));
                children.remove(path);
            }
        }
        if (!missed.equals(caughtUp)) {
            throw new SimFailure(
                    "Caught up at " + Zxid.toString(zxid) + " with " + caughtUp + ", but " + missed + " were missed");
        }
        caughtUp.clear();
        upTo = zxid;
    }

    @Override
    public String toString() {
        return "watches " + data + ", " + children + ", " + persistent + ", " + recursive;
    }
}
