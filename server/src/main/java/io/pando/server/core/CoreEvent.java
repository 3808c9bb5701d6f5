package io.pando.server.core;

import io.pando.datatree.Id;
import io.pando.session.ConnectRequest;
import io.pando.session.WriteRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reaches the core thread through its ring. */
sealed interface CoreEvent {
    /** A client wants a session: a new one, or one it had. */
    record Attach(Client client, ConnectRequest request) implements CoreEvent {}

    /** A write, with the identities its connection had when it was read, and its size. */
    record Submit(Client client, Session session, WriteRequest request, int xid, List<Id> identities, int bytes)
            implements CoreEvent {}

    /** A barrier: answered once everything proposed before it is applied. */
    record Sync(Client client, Session session, int bytes) implements CoreEvent {}

    /** The client's connection is gone; its session lives on. */
    record Disconnected(Client client, @Nullable Session session) implements CoreEvent {}

    /** The broadcast has something to deliver. */
    record Doorbell() implements CoreEvent {}

    /** This server is about to stop, and to be started again: what shortens that is to be done before. */
    record WrapUp(Runnable then) implements CoreEvent {}

    /** Another server is to lead: this one is about to stop. */
    record Resign() implements CoreEvent {}

    /** A session is to end as if it had been silent for too long. */
    record Expire(long sessionId) implements CoreEvent {}

    /** Nothing is to happen until that has returned. */
    record StandStill(Runnable until) implements CoreEvent {}

    /** Time to look at clocks. */
    record Tick() implements CoreEvent {}
}
