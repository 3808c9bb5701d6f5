package io.pando.test.harness;

import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/** A watcher of Apache's client that remembers; its monitor guards what the client's event thread and the test share. */
public final class EventLog implements Watcher {
    private final List<Seen> nodeEvents = new ArrayList<>();
    private final List<Event.KeeperState> states = new ArrayList<>();

    /** One event of a node. */
    public record Seen(Event.EventType type, String path) {
        @Override
        public String toString() {
            return type + " " + path;
        }
    }

    @Override
    public synchronized void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.None) {
            states.add(event.getState());
        } else {
            nodeEvents.add(new Seen(event.getType(), event.getPath()));
        }
    }

    /** The events of nodes so far, in order. */
    public synchronized List<Seen> seen() {
        return List.copyOf(nodeEvents);
    }

    public synchronized List<Event.KeeperState> states() {
        return List.copyOf(states);
    }

    public synchronized void clear() {
        nodeEvents.clear();
        states.clear();
    }

    /** Waits until a state was reached since the last {@link #clear}. */
    public void awaitState(Event.KeeperState state) {
        Await.until("the client is " + state, () -> states().contains(state));
    }

    /** Waits for at least so many events of nodes, and returns all there are. */
    public List<Seen> await(int count) {
        Await.until(count + " events came", () -> seen().size() >= count);
        return seen();
    }
}
