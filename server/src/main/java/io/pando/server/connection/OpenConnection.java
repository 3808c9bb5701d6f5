package io.pando.server.connection;

import io.pando.server.figures.ConnectionFigures;
import java.net.InetSocketAddress;

/** A connection as those see it who list connections. Any thread. */
public interface OpenConnection {
    InetSocketAddress remote();

    /** 0 before a session is attached. */
    long sessionId();

    /** Of the session, in milliseconds; 0 before one is attached. */
    int timeoutMs();

    /** When it was accepted, in milliseconds since 1970. */
    long openedMs();

    ConnectionFigures figures();

    /** What it was answered and has not taken yet. */
    long unsentBytes();

    /** Closes it, since it takes nothing and its place is needed. Its session goes on where the client connects again. */
    void giveUp();
}
