package io.pando.server.connection;

import io.pando.datatree.Id;
import io.pando.session.Request;
import java.util.List;

/** A request of a connection that is not answered yet, in the order of arrival. */
sealed interface Waiting {
    int xid();

    /** With the core; the core's answers come in the same order. */
    record InFlight(int xid, Request request, long arrivedNanos) implements Waiting {}

    /** Held back until those before it are answered, with the identities the connection had when it arrived, and its size. */
    record HeldBack(int xid, Request request, List<Id> identities, int bytes, long arrivedNanos) implements Waiting {}

    /** Could not be read; is told so in its turn. */
    record Unreadable(int xid) implements Waiting {}
}
