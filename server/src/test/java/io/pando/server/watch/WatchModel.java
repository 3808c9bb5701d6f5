package io.pando.server.watch;

import io.pando.datatree.Acl;
import io.pando.datatree.Change;
import io.pando.datatree.Perms;
import io.pando.datatree.ZnodePath;
import io.pando.server.auth.AccessControl;
import io.pando.session.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches as the specification words them, without a thought for speed: a set of (watcher, path, mode). */
final class WatchModel {
    private final AccessControl access;
    private final Set<Entry> entries = new LinkedHashSet<>();
    private final Map<Watcher, List<String>> told = new HashMap<>();

    private record Entry(Watcher watcher, String path, int mode) {}

    WatchModel(AccessControl access) {
        this.access = access;
    }

    void add(Watcher watcher, String path, int modes) {
        for (int mode : List.of(WatchMode.DATA, WatchMode.CHILD, WatchMode.PERSISTENT, WatchMode.RECURSIVE)) {
            if ((modes & mode) != 0) {
                entries.add(new Entry(watcher, path, mode));
            }
        }
    }

    void remove(Watcher watcher, String path, int modes) {
        entries.removeIf(e -> e.watcher.equals(watcher) && e.path.equals(path) && (e.mode & modes) != 0);
    }

    void removeAll(Watcher watcher) {
        entries.removeIf(e -> e.watcher.equals(watcher));
    }

    int modes(Watcher watcher, String path) {
        return entries.stream()
                .filter(e -> e.watcher.equals(watcher) && e.path.equals(path))
                .mapToInt(Entry::mode)
                .sum();
    }

    long watcherCount() {
        return entries.stream().map(Entry::watcher).distinct().count();
    }

    long pathCount() {
        return entries.stream().map(Entry::path).distinct().count();
    }

    /** What a watcher was told since the last call. */
    List<String> takeTold(Watcher watcher) {
        List<String> taken = told.remove(watcher);
        return taken == null ? List.of() : taken;
    }

    void on(Change change, long zxid) {
        String path = change.path();
        List<Acl> acl = change.node().acl();
        switch (change.kind()) {
            case CREATED -> {
                tell(dataWatchers(path), EventType.NODE_CREATED, path, acl, zxid);
                tellParent(change, zxid);
            }
            case DELETED -> {
                Set<Watcher> first = dataWatchers(path);
                tell(first, EventType.NODE_DELETED, path, acl, zxid);
                Set<Watcher> others = childWatchers(path);
                others.removeAll(first);
                tell(others, EventType.NODE_DELETED, path, acl, zxid);
                tellParent(change, zxid);
            }
            case DATA_CHANGED -> tell(dataWatchers(path), EventType.NODE_DATA_CHANGED, path, acl, zxid);
            case ACL_CHANGED -> {}
        }
    }

    private void tellParent(Change change, long zxid) {
        String parent = ZnodePath.parentOf(change.path());
        if (change.parent() == null) {
            throw new IllegalStateException("No parent in " + change);
        }
        tell(
                childWatchers(parent),
                EventType.NODE_CHILDREN_CHANGED,
                parent,
                change.parent().acl(),
                zxid);
    }

    private Set<Watcher> dataWatchers(String path) {
        Set<Watcher> found = new LinkedHashSet<>();
        for (Entry e : entries) {
            boolean onNode = e.path.equals(path) && (e.mode & (WatchMode.DATA | WatchMode.PERSISTENT)) != 0;
            boolean above = e.mode == WatchMode.RECURSIVE && ZnodePath.isAtOrBelow(path, e.path);
            if (onNode || above) {
                found.add(e.watcher);
            }
        }
        entries.removeIf(e -> e.path.equals(path) && e.mode == WatchMode.DATA);
        return found;
    }

    private Set<Watcher> childWatchers(String path) {
        Set<Watcher> found = new LinkedHashSet<>();
        for (Entry e : entries) {
            if (e.path.equals(path) && (e.mode & (WatchMode.CHILD | WatchMode.PERSISTENT)) != 0) {
                found.add(e.watcher);
            }
        }
        entries.removeIf(e -> e.path.equals(path) && e.mode == WatchMode.CHILD);
        return found;
    }

    private void tell(Set<Watcher> watchers, EventType type, String path, List<Acl> acl, long zxid) {
        for (Watcher watcher : watchers) {
            if (access.allows(watcher.identities(), acl, Perms.READ)) {
                told.computeIfAbsent(watcher, w -> new ArrayList<>()).add(RecordingWatcher.line(type, path, zxid));
            }
        }
    }
}
