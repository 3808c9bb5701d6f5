package io.pando.zab.transport;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The links that are not read from because the listener refused a message. Event loop, but for {@link #any}. */
final class PausedLinks {
    private final Set<PeerLink> links = new LinkedHashSet<>();

    // Written by the event loop, read by whoever has made room.
    private volatile boolean any;

    /** Whether it is worth the trouble to offer again. Any thread. */
    boolean any() {
        return any;
    }

    void add(PeerLink link) {
        links.add(link);
        any = true;
    }

    void remove(PeerLink link) {
        links.remove(link);
        any = !links.isEmpty();
    }

    void readOn() {
        any = false;
        List<PeerLink> waiting = List.copyOf(links);
        links.clear();
        waiting.forEach(PeerLink::readOn);
    }
}
