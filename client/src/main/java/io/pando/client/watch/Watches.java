package io.pando.client.watch;

import io.pando.datatree.ZnodePath;
import io.pando.session.AddWatchMode;
import io.pando.session.EventType;
import io.pando.session.WatchRequest;
import io.pando.session.WatcherType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All watches of one client, by path, and the rule of which of them an event is for. They outlive connections and sessions:
 * after each reconnect {@link #setAgain} says what the new server has to be asked. Confined to the event loop of the client.
 */
public final class Watches {
    private final Map<String, List<OneShot>> exists = new HashMap<>();
    private final Map<String, List<OneShot>> data = new HashMap<>();
    private final Map<String, List<OneShot>> children = new HashMap<>();
    private final Map<String, List<Standing>> persistent = new HashMap<>();
    private final Map<String, List<Standing>> recursive = new HashMap<>();

    /**
     * Keeps a watch that a read has set at the server.
     *
     * @param absent whether the read found no znode; only exists then sets a watch, on the creation
     */
    public void add(OneShot watch, boolean absent) {
        Map<String, List<OneShot>> table = switch (watch.kind()) {
            case EXISTS -> absent ? exists : data;
            case DATA -> data;
            case CHILDREN -> children;
        };
        table.computeIfAbsent(watch.path(), path -> new ArrayList<>(1)).add(watch);
    }

    public void add(Standing watch) {
        tableOf(watch.mode())
                .computeIfAbsent(watch.path(), path -> new ArrayList<>(1))
                .add(watch);
    }

    /**
     * Forgets a watch.
     *
     * @return what the server has to be asked to remove since nobody else wants it; one type, or none
     */
    public List<WatcherType> remove(OneShot watch) {
        List<WatcherType> unwanted = new ArrayList<>(1);
        if (watch.kind() == OneShot.Kind.CHILDREN) {
            if (drop(children, watch.path(), watch)) {
                unwanted.add(WatcherType.CHILDREN);
            }
        } else {
            boolean droppedFromExists = drop(exists, watch.path(), watch);
            boolean dropped = drop(data, watch.path(), watch) || droppedFromExists;
            if (dropped && !exists.containsKey(watch.path()) && !data.containsKey(watch.path())) {
                unwanted.add(WatcherType.DATA);
            }
        }
        return unwanted;
    }

    /** Forgets a persistent watch, and says whether the server should: nobody else has one of that kind there. */
    public boolean remove(Standing watch) {
        return drop(tableOf(watch.mode()), watch.path(), watch);
    }

    /** Whether anybody still waits for an event of just this path. */
    public boolean hasAny(String path) {
        return exists.containsKey(path)
                || data.containsKey(path)
                || children.containsKey(path)
                || persistent.containsKey(path)
                || recursive.containsKey(path);
    }

    /** Tells all whom the event concerns; one-shot watches are over then. */
    public void tell(NodeEvent event) {
        String path = event.path();
        switch (event.type()) {
            case NODE_CREATED, NODE_DATA_CHANGED -> {
                tellOnce(data, event);
                tellOnce(exists, event);
            }
            case NODE_DELETED -> {
                tellOnce(data, event);
                tellOnce(exists, event);
                tellOnce(children, event);
            }
            case NODE_CHILDREN_CHANGED -> tellOnce(children, event);
            default -> {
                // Made by other client libraries for themselves; never sent.
            }
        }
        tellStanding(persistent.get(path), event);
        if (!recursive.isEmpty() && event.type() != EventType.NODE_CHILDREN_CHANGED) {
            tellRecursive(event);
        }
    }

    /** Tells the persistent ones that nothing will be heard for a while. */
    public void tellSuspended() {
        tellEstablished(WatchListener::onSuspended);
    }

    /** Tells the persistent ones that they are set again and may have missed something. */
    public void tellGap() {
        tellEstablished(WatchListener::onGap);
    }

    private void tellEstablished(Consumer<WatchListener> what) {
        for (Map<String, List<Standing>> table : List.of(persistent, recursive)) {
            for (List<Standing> watches : table.values()) {
                watches.stream().filter(Standing::isEstablished).forEach(watch -> what.accept(watch.listener()));
            }
        }
    }

    /**
     * Makes the requests that set everything again.
     *
     * @param lastZxid what the client has seen; the server tells the one-shot watches what happened since
     */
    public void setAgain(long lastZxid, Consumer<WatchRequest.SetWatches> send) {
        SetAgain frames = new SetAgain(lastZxid, send);
        data.keySet().forEach(frames::data);
        exists.keySet().forEach(frames::exists);
        children.keySet().forEach(frames::children);
        established(persistent, frames::persistent);
        established(recursive, frames::recursive);
        frames.flush();
    }

    /** The client is closed: nobody will be told anything any more. */
    public void end() {
        for (Map<String, List<OneShot>> table : List.of(exists, data, children)) {
            table.values().forEach(watches -> watches.forEach(OneShot::end));
            table.clear();
        }
        for (Map<String, List<Standing>> table : List.of(persistent, recursive)) {
            List<Standing> over = table.values().stream().flatMap(List::stream).toList();
            table.clear();
            over.forEach(watch -> watch.listener().onClosed());
        }
    }

    private static void established(Map<String, List<Standing>> table, Consumer<String> frames) {
        table.forEach((path, watches) -> {
            if (watches.stream().anyMatch(Standing::isEstablished)) {
                frames.accept(path);
            }
        });
    }

    private void tellRecursive(NodeEvent event) {
        String at = event.path();
        while (true) {
            tellStanding(recursive.get(at), event);
            if (at.equals(ZnodePath.ROOT)) {
                return;
            }
            at = ZnodePath.parentOf(at);
        }
    }

    private static void tellOnce(Map<String, List<OneShot>> table, NodeEvent event) {
        List<OneShot> watches = table.remove(event.path());
        if (watches != null) {
            watches.forEach(watch -> watch.tell(event));
        }
    }

    private static void tellStanding(@Nullable List<Standing> watches, NodeEvent event) {
        if (watches != null) {
            watches.forEach(watch -> watch.listener().onEvent(event));
        }
    }

    private Map<String, List<Standing>> tableOf(AddWatchMode mode) {
        return mode == AddWatchMode.PERSISTENT ? persistent : recursive;
    }

    /** Whether it was there, and was the last of its path. */
    private static <W> boolean drop(Map<String, List<W>> table, String path, W watch) {
        List<W> watches = table.get(path);
        if (watches == null || !watches.remove(watch)) {
            return false;
        }
        if (watches.isEmpty()) {
            table.remove(path);
            return true;
        }
        return false;
    }
}
