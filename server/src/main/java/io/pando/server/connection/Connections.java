package io.pando.server.connection;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of a server, for those who ask about them. Where event loops and askers meet. */
public final class Connections {
    private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();

    void add(OpenConnection connection) {
        open.add(connection);
    }

    void remove(OpenConnection connection) {
        open.remove(connection);
    }

    /** All that are open now. */
    public Collection<OpenConnection> all() {
        return Collections.unmodifiableSet(open);
    }
}
