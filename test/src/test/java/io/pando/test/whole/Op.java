package io.pando.test.whole;

import io.pando.datatree.Id;
import io.pando.session.Request;
import java.util.List;

/**
 * A request of a client.
 *
 * @param identities of the client
 * @param floor the newest zxid that anybody had been told of when it was made
 */
record Op(int client, long sessionId, int xid, Request request, List<Id> identities, long floor) {
    @Override
    public String toString() {
        return "request " + xid + " of session 0x" + Long.toHexString(sessionId) + ", " + request;
    }
}
