package io.pando.test.whole;

import io.pando.session.Request;

/**
 * A request of a client.
 *
 * @param floor the newest zxid that anybody had been told of when it was made
 */
record Op(int client, long sessionId, int xid, Request request, long floor) {
    @Override
    public String toString() {
        return "request " + xid + " of session 0x" + Long.toHexString(sessionId) + ", " + request;
    }
}
