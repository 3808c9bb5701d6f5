package io.pando.client.follow;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which znodes are to be looked at. Of each there is one look at a time: what may have changed while it was being looked at is looked
 * at once more. A deep look also goes on to the children. Confined to the event loop.
 */
final class Looks {
    private final int most;
    private final Map<String, Boolean> wanted = new LinkedHashMap<>();
    private final Map<String, @Nullable Boolean> underWay = new HashMap<>();

    /** @param most how many at a time */
    Looks(int most) {
        this.most = most;
    }

    void want(String path, boolean deep) {
        if (underWay.containsKey(path)) {
            underWay.merge(path, deep, Boolean::logicalOr);
        } else {
            wanted.merge(path, deep, Boolean::logicalOr);
        }
    }

    boolean isUnderWay(String path) {
        return underWay.containsKey(path);
    }

    /** The next one to be begun, or null when there is none or enough are under way. */
    @Nullable
    Look begin() {
        if (underWay.size() >= most) {
            return null;
        }
        Iterator<Map.Entry<String, Boolean>> first = wanted.entrySet().iterator();
        if (!first.hasNext()) {
            return null;
        }
        Map.Entry<String, Boolean> next = first.next();
        first.remove();
        underWay.put(next.getKey(), null);
        return new Look(next.getKey(), next.getValue());
    }

    void end(Look look) {
        Boolean again = underWay.remove(look.path());
        if (again != null) {
            wanted.merge(look.path(), again, Boolean::logicalOr);
        }
    }

    boolean areDone() {
        return wanted.isEmpty() && underWay.isEmpty();
    }

    /** @param deep whether the children are to be looked at too */
    record Look(String path, boolean deep) {}
}
