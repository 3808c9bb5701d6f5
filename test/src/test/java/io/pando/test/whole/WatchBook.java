package io.pando.test.whole;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.session.EventType;
import io.pando.session.ReadRequest;
import io.pando.session.Request;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.SimFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The watches of one client, and what it has to be told by them: each event once, in the order of transactions, and before it is told of
 * anything newer.
 */
final class WatchBook {
    private final Oracle oracle;
    private final Supplier<List<Id>> identities;
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

    /** @param identities of the client: of what it may not read it is not told */
    WatchBook(Oracle oracle, Supplier<List<Id>> identities) {
        this.oracle = oracle;
        this.identities = identities;
    }

    boolean isEmpty() {
        return data.isEmpty() && children.isEmpty() && persistent.isEmpty() && recursive.isEmpty();
    }

    // ---- what is set

    /** Some requests set a watch when they succeed; {@code exists} also does when there is no znode yet. */
    void answered(Request request, Answer answer) {
        boolean ok = answer.code() == 0;
        switch (request) {
            case ReadRequest.GetData get when get.watch() && ok -> data.putIfAbsent(get.path(), true);
            case ReadRequest.Exists exists
            when exists.watch() && (ok || answer.code() == ErrorCode.NO_NODE.code()) ->
                data.putIfAbsent(exists.path(), ok);
            case ReadRequest.GetChildren get when get.watch() && ok -> children.add(get.path());
            case ReadRequest.GetChildren2 get when get.watch() && ok -> children.add(get.path());
            case WatchRequest.AddWatch add -> {
                switch (add.mode()) {
                    case PERSISTENT -> persistent.add(add.path());
                    case PERSISTENT_RECURSIVE -> recursive.add(add.path());
                }
            }
            default -> {}
        }
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
                    add(zxid, EventType.NODE_CREATED, path, change.acl());
                }
                tellParent(zxid, change);
            }
            case DELETED -> {
                boolean onData = takeData(path);
                boolean onChildren = children.remove(path);
                if (onData || onChildren || lasting) {
                    add(zxid, EventType.NODE_DELETED, path, change.acl());
                }
                tellParent(zxid, change);
            }
            case DATA -> {
                if (takeData(path) || lasting) {
                    add(zxid, EventType.NODE_DATA_CHANGED, path, change.acl());
                }
            }
        }
    }

    private boolean takeData(String path) {
        return data.remove(path) != null;
    }

    private void tellParent(long zxid, Znodes.Change change) {
        String parent = Znodes.parentOf(change.path());
        if (children.remove(parent) || persistent.contains(parent)) {
            add(zxid, EventType.NODE_CHILDREN_CHANGED, parent, change.parentAcl());
        }
    }

    private boolean isBelowRecursive(String path) {
        return recursive.stream().anyMatch(above -> path.equals(above) || path.startsWith(above + "/"));
    }

    private void add(long zxid, EventType type, String path, List<Acl> acl) {
        if (mayRead(acl)) {
            due.add(new Due(zxid, new Event(type, path)));
        } else {
            oracle.keptFromWatcher();
        }
    }

    private boolean mayRead(List<Acl> acl) {
        return Rights.allow(acl, identities.get(), Perms.READ);
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
                addMissed(zxid, EventType.NODE_DATA_CHANGED, path, missed);
                data.remove(path);
            }
        }
        for (String path : request.exist()) {
            if (znodes.exists(zxid, path)) {
                addMissed(zxid, EventType.NODE_CREATED, path, missed);
                data.remove(path);
            }
        }
        for (String path : request.child()) {
            if (!znodes.exists(zxid, path)) {
                missed.add(new Event(EventType.NODE_DELETED, path));
                children.remove(path);
            } else if (znodes.pzxid(zxid, path) > seen) {
                addMissed(zxid, EventType.NODE_CHILDREN_CHANGED, path, missed);
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

    private void addMissed(long zxid, EventType type, String path, List<Event> missed) {
        if (mayRead(oracle.znodes().acl(zxid, path))) {
            missed.add(new Event(type, path));
        }
    }

    @Override
    public String toString() {
        return "watches " + data + ", " + children + ", " + persistent + ", " + recursive;
    }
}
