package io.pando.server.connection;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The open connections of a server, for those who ask about them. Where event loops and askers meet. */
public final class Connections {
    private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    void add(OpenConnection connection) {
        open.add(connection);
        if (closing) {
            connection.close();
        }
    }

    void remove(OpenConnection connection) {
        open.remove(connection);
        if (closing) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** All that are open now. */
    public Collection<OpenConnection> all() {
        return Collections.unmodifiableSet(open);
    }

    /** Closes all, and those that come from here on, and waits until they are gone; for so long at most. */
    void closeAll(Duration patience) throws InterruptedException {
        closing = true;
        open.forEach(OpenConnection::close);
        long end = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            for (long left = patience.toNanos(); !open.isEmpty() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }
}
