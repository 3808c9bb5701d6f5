package io.pando.client.connection;

/** Where a client stands right now. By the time it is looked at it may have changed; {@link ConnectionEvent}s tell every change. */
public enum ConnectionState {
    /** There is no session, and never was, or the last one is lost: a server that opens one is being looked for. */
    CONNECTING,

    /** There is a session and a connection. */
    CONNECTED,

    /** As {@link #CONNECTED}, to a server that has no quorum and only reads. */
    READ_ONLY,

    /** There is a session, as far as is known, and no connection. */
    SUSPENDED,

    /** Nothing more will happen. */
    CLOSED
}
