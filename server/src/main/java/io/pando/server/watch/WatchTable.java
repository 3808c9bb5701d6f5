package io.pando.server.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which connection watches which path, and how.
 *
 * <p>Not thread-safe by itself: guarded by the {@link Publication} that owns it. A watch is (watcher, path, mode): the same
 * one registered twice is one. Watches on one path are told in the order in which they were first set.
 */
public final class WatchTable {
    private final Map<String, Watched> byPath = new HashMap<>();
    private final Map<Watcher, Set<String>> byWatcher = new HashMap<>();
    private int recursiveWatches;
    private int watches;

    /**
     * A path and who watches it, and how.
     *
     * @param path the one text of it that all who watch it share: a thousand clients that watch the same leave a thousand texts otherwise
     */
    private record Watched(String path, Map<Watcher, Integer> by) {}

    WatchTable() {}

    /** Sets watches of the given {@link WatchMode} bits. */
    public void add(Watcher watcher, String path, int modes) {
        Watched watched = byPath.computeIfAbsent(path, p -> new Watched(p, new LinkedHashMap<>(2)));
        int before = watched.by().getOrDefault(watcher, 0);
        store(watched.by(), watcher, before, before | modes);
        byWatcher.computeIfAbsent(watcher, w -> new HashSet<>()).add(watched.path());
    }

    /** The modes that {@code watcher} holds on exactly {@code path}; 0 for none. */
    public int modes(Watcher watcher, String path) {
        return by(path).getOrDefault(watcher, 0);
    }

    /** Who watches {@code path}, and how; not to be changed if that is nobody. */
    private Map<Watcher, Integer> by(String path) {
        Watched watched = byPath.get(path);
        return watched == null ? Map.of() : watched.by();
    }

    /** Removes the given modes; those not held are passed over. */
    public void remove(Watcher watcher, String path, int modes) {
        Map<Watcher, Integer> onPath = by(path);
        int before = onPath.getOrDefault(watcher, 0);
        int left = before & ~modes;
        if (left != 0) {
            store(onPath, watcher, before, left);
        } else if (before != 0) {
            forgetOnPath(onPath, watcher, path, before);
            forgetPath(watcher, path);
        }
    }

    /** A connection is gone, and must not set any watch from now on. What it watched is still to be removed, by the one who is given this. */
    public Departure depart(Watcher watcher) {
        Set<String> paths = byWatcher.remove(watcher);
        return new Departure(watcher, paths == null ? Collections.emptyIterator() : paths.iterator());
    }

    /** The removal of whatever a connection watched. That may be very much, and others wait for this table, so it is done piece by piece. */
    public final class Departure {
        private final Watcher watcher;
        private final Iterator<String> paths;

        private Departure(Watcher watcher, Iterator<String> paths) {
            this.watcher = watcher;
            this.paths = paths;
        }

        /** Goes on with so many paths at most. Answers whether any are left. */
        public boolean goOn(int mostPaths) {
            for (int i = 0; i < mostPaths && paths.hasNext(); i++) {
                String path = paths.next();
                Map<Watcher, Integer> onPath = by(path);
                int before = onPath.getOrDefault(watcher, 0);
                if (before != 0) {
                    forgetOnPath(onPath, watcher, path, before);
                }
            }
            return paths.hasNext();
        }
    }

    /**
     * Those who are to be told of a creation, deletion or data change of {@code path}: watchers of the node itself, whose
     * one-shot data watches are used up by this, and recursive ones of the node and all above it. Each once.
     */
    Set<Watcher> takeDataWatchers(String path) {
        Set<Watcher> ofNode = take(path, WatchMode.DATA, WatchMode.PERSISTENT);
        if (recursiveWatches == 0) {
            return ofNode;
        }
        Set<Watcher> told = new LinkedHashSet<>(ofNode);
        addRecursive(path, told);
        return Collections.unmodifiableSet(told);
    }

    /** Those who are to be told of changed children, or of a watched parent's end; uses up one-shot child watches. */
    Set<Watcher> takeChildWatchers(String path) {
        return take(path, WatchMode.CHILD, WatchMode.PERSISTENT);
    }

    private Set<Watcher> take(String path, int oneShot, int lasting) {
        Map<Watcher, Integer> onPath = by(path);
        if (onPath.isEmpty()) {
            return Set.of(); // nearly always, for nearly all znodes
        }
        Set<Watcher> taken = new LinkedHashSet<>(onPath.size() * 2);
        for (Iterator<Map.Entry<Watcher, Integer>> all = onPath.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Watcher, Integer> entry = all.next();
            int modes = entry.getValue();
            if ((modes & (oneShot | lasting)) == 0) {
                continue;
            }
            taken.add(entry.getKey());
            int left = modes & ~oneShot;
            if (left == 0) {
                all.remove();
                watches--;
                forgetPath(entry.getKey(), path);
            } else if (left != modes) {
                entry.setValue(left);
            }
        }
        if (onPath.isEmpty()) {
            byPath.remove(path);
        }
        return Collections.unmodifiableSet(taken);
    }

    private void addRecursive(String path, Set<Watcher> told) {
        for (String above = path; ; above = parentOf(above)) {
            by(above).forEach((watcher, modes) -> {
                if ((modes & WatchMode.RECURSIVE) != 0) {
                    told.add(watcher);
                }
            });
            if (above.length() <= 1) {
                return;
            }
        }
    }

    private static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private void store(Map<Watcher, Integer> onPath, Watcher watcher, int before, int after) {
        onPath.put(watcher, after);
        watches += before == 0 ? 1 : 0;
        countRecursive(before, after);
    }

    private void forgetOnPath(Map<Watcher, Integer> onPath, Watcher watcher, String path, int before) {
        onPath.remove(watcher);
        watches--;
        countRecursive(before, 0);
        if (onPath.isEmpty()) {
            byPath.remove(path);
        }
    }

    private void forgetPath(Watcher watcher, String path) {
        Set<String> paths = byWatcher.get(watcher);
        if (paths != null && paths.remove(path) && paths.isEmpty()) {
            byWatcher.remove(watcher);
        }
    }

    private void countRecursive(int before, int after) {
        recursiveWatches += Integer.signum(after & WatchMode.RECURSIVE) - Integer.signum(before & WatchMode.RECURSIVE);
    }

    /** How many connections watch anything. */
    public int watcherCount() {
        return byWatcher.size();
    }

    /** How many paths are watched. */
    public int pathCount() {
        return byPath.size();
    }

    /** How many watches there are; several modes of one watcher on one path count once. */
    public int watchCount() {
        return watches;
    }

    /** Everybody who watches anything, as of now. */
    public List<Watcher> watchers() {
        return List.copyOf(byWatcher.keySet());
    }

    /** The paths that a connection watches, as of now; if there are more than {@code most}, so many of them. */
    public List<String> pathsOf(Watcher watcher, int most) {
        Set<String> paths = byWatcher.getOrDefault(watcher, Set.of());
        List<String> copy = new ArrayList<>(Math.min(paths.size(), most));
        for (Iterator<String> all = paths.iterator(); all.hasNext() && copy.size() < most; ) {
            copy.add(all.next());
        }
        return copy;
    }
}
