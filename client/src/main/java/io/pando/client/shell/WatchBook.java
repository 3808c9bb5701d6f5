package io.pando.client.shell;

import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.WatchListener;
import io.pando.session.EventType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The watches that were set by commands: tells what they saw, and knows how to remove them. Any thread. */
final class WatchBook {
    private final Printer printer;
    private final List<Entry> entries = new ArrayList<>(); // guarded by this
    private volatile boolean printing = true;

    /** The kinds of watch, by the letters that remove them. */
    enum Kind {
        DATA,
        CHILDREN,
        PERSISTENT,
        RECURSIVE
    }

    private record Entry(String path, Kind kind, Runnable remove) {}

    WatchBook(Printer printer) {
        this.printer = printer;
    }

    boolean isPrinting() {
        return printing;
    }

    /** Whether events are told at all. */
    void print(boolean wanted) {
        printing = wanted;
    }

    /** A watch that fires once. */
    void add(String path, Kind kind, CompletableFuture<NodeEvent> event) {
        Entry entry = new Entry(path, kind, () -> event.cancel(false));
        note(entry);
        event.thenAccept(happened -> {
            forget(entry);
            tell(happened);
        });
    }

    /** A watch that stays. */
    void add(String path, Kind kind, Runnable close) {
        note(new Entry(path, kind, close));
    }

    private synchronized void note(Entry entry) {
        entries.add(entry);
    }

    private synchronized void forget(Entry entry) {
        entries.remove(entry);
    }

    /** Forgets all of them: they are gone with the session's client. */
    synchronized void clear() {
        entries.clear();
    }

    /** Removes those of a kind; answers how many there were. */
    synchronized int remove(String path, List<Kind> kinds) {
        int removed = 0;
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.path().equals(path) && kinds.contains(entry.kind())) {
                all.remove();
                entry.remove().run();
                removed++;
            }
        }
        return removed;
    }

    void tell(NodeEvent event) {
        if (!printing) {
            return;
        }
        String zxid = event.zxid() < 0 ? "" : " zxid " + StatText.hex(event.zxid());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", nameOf(event.type()));
        json.put("path", event.path());
        json.put("zxid", event.zxid());
        printer.show(
                printer.coloured(Colour.YELLOW, "WATCHER:: " + nameOf(event.type()) + " " + event.path() + zxid), json);
    }

    /** A listener that tells what it hears. */
    WatchListener listener() {
        return new WatchListener() {
            @Override
            public void onEvent(NodeEvent event) {
                tell(event);
            }

            @Override
            public void onGap() {
                if (printing) {
                    printer.complain("The connection was lost for a while; what changed meanwhile was not told.");
                }
            }
        };
    }

    /** As ZooKeeper writes it: NodeDataChanged. */
    static String nameOf(EventType type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }
}
