package io.pando.test.differential;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one server's zxids and session ids are called in transcripts. A change is called by the step that made it, so
 * that two servers agree on the name however they number; a session by the order of its opening.
 */
final class Names {
    private final TreeMap<Long, String> changes = new TreeMap<>(Map.of(0L, "z0"));
    private final Map<Long, String> sessions = new HashMap<>(Map.of(0L, "nobody"));

    void changed(long zxid, int step) {
        changes.putIfAbsent(zxid, "z" + step);
    }

    void opened(long session) {
        sessions.putIfAbsent(session, "s" + sessions.size());
    }

    /** The name of the very change that a Stat or an event speaks of. */
    String ofChange(long zxid) {
        if (zxid < 0) return Long.toString(zxid);
        return changes.getOrDefault(zxid, "a zxid no reply has shown");
    }

    /** The name of the last change a reply's header can know of: a refused write may or may not use up a zxid. */
    String ofLastChange(long zxid) {
        return zxid <= 0 ? Long.toString(zxid) : changes.floorEntry(zxid).getValue();
    }

    String ofSession(long id) {
        return sessions.getOrDefault(id, "a session nobody opened");
    }
}
