package io.pando.server.connection;

import io.pando.server.figures.ConnectionFigures;
import java.net.InetSocketAddress;
import java.util.List;

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

    /** What it was answered and has not taken yet, but for data that is {@link #borrowed}. */
    long unsentBytes();

    /** Data that it was answered with and has not taken yet, and that stays in memory for it and for all others of whom that is true. */
    List<byte[]> borrowed();

    /** Closes it, as this server stops. Its session goes on where the client connects again. */
    void close();

    /** Closes it, since it takes nothing and its place is needed. Its session goes on where the client connects again. */
    void giveUp();
}
