package io.pando.client.follow;

import io.pando.client.follow.FollowEvent.Step;
import io.pando.datatree.Stat;
import io.pando.datatree.ZnodePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was told of each znode last, by its path. Confined to the event loop. */
final class Picture {
    private static final long NEVER = -1;

    private final Map<String, Known> nodes = new HashMap<>();

    boolean has(String path) {
        return nodes.containsKey(path);
    }

    @Nullable
    Stat stat(String path) {
        Known known = nodes.get(path);
        return known == null ? null : known.stat;
    }

    /** How {@code stat} follows what was told; null when it is no news. */
    @Nullable
    Step stepTo(String path, Stat stat) {
        Known known = nodes.get(path);
        if (known == null) {
            return Step.NEW;
        }
        if (stat.czxid() != known.stat.czxid()) {
            return stat.czxid() > known.stat.czxid() ? Step.JUMPED : null;
        }
        if (stat.mzxid() <= known.stat.mzxid()) {
            return null;
        }
        return stat.version() == known.stat.version() + 1 ? Step.NEXT : Step.JUMPED;
    }

    void put(String path, Stat stat) {
        Known known = nodes.computeIfAbsent(path, added -> new Known(stat));
        if (known.stat.czxid() != stat.czxid()) {
            known.listedAt = NEVER;
        }
        known.stat = stat;
        Known parent = nodes.get(ZnodePath.parentOf(path));
        if (parent != null && parent != known) {
            parent.children.add(ZnodePath.nameOf(path));
        }
    }

    /** Whether the children that are known are all that there were when the parent had this stat. */
    boolean isListed(String path, Stat stat) {
        Known known = nodes.get(path);
        return known != null && known.listedAt == stat.pzxid();
    }

    /** All children at the moment of {@code stat} were looked at, or will be. */
    void listed(String path, Stat stat) {
        Known known = nodes.get(path);
        if (known != null) {
            known.listedAt = stat.pzxid();
        }
    }

    Set<String> children(String path) {
        Known known = nodes.get(path);
        return known == null ? Set.of() : Set.copyOf(known.children);
    }

    /** Takes a znode and all below it out. What is returned is what was known, from below. */
    List<FollowEvent.Removed> remove(String path) {
        List<FollowEvent.Removed> removed = new ArrayList<>();
        removeBelow(path, removed);
        Known parent = nodes.get(ZnodePath.parentOf(path));
        if (parent != null) {
            parent.children.remove(ZnodePath.nameOf(path));
        }
        return removed;
    }

    private void removeBelow(String path, List<FollowEvent.Removed> removed) {
        Known known = nodes.get(path);
        if (known == null) {
            return;
        }
        for (String name : known.children) {
            removeBelow(ZnodePath.childOf(path, name), removed);
        }
        nodes.remove(path);
        removed.add(new FollowEvent.Removed(path, known.stat));
    }

    private static final class Known {
        private Stat stat;
        private long listedAt = NEVER;
        private final Set<String> children = new HashSet<>(0);

        Known(Stat stat) {
            this.stat = stat;
        }
    }
}
