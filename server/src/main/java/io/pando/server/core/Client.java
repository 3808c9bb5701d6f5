package io.pando.server.core;

import io.pando.server.watch.Watcher;

/** A client's connection as the core sees it. Compared by identity. */
public interface Client extends Watcher {
    /**
     * Queues something for the client, in the order of calls. The client's event loop takes it out once a root at least as
     * new as {@link Outbound#zxid()} is published. Core thread.
     */
    void send(Outbound out);
}
