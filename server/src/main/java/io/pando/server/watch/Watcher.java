package io.pando.server.watch;

import io.pando.datatree.Id;
import java.util.List;

/** A connection as the watch table sees it. Compared by identity. */
public interface Watcher {
    /** Who is there now; decides whether an event may be delivered. Any thread. */
    List<Id> identities();

    /** Queues an event for the client. Core thread, while it publishes. */
    void tell(Notification event);

    /** The session that watches, for listings. Any thread. */
    long sessionId();
}
