package io.pando.server.core;

import io.pando.session.lifetime.ExpiryWheel;
import org.jspecify.annotations.Nullable;

/**
 * A live session on this server: who holds it and when it was last heard from. What is replicated of it (timeout, password,
 * ephemerals) is in the tree; of a {@link #isLocal local} one, nothing is.
 *
 * <p>Core thread, except for the time it was last heard from, which its connection's event loop writes.
 */
public final class Session extends ExpiryWheel.Tenant<Session> {
    private final long id;
    private final boolean local;
    private volatile int timeoutMs; // written by the core thread, read by any
    private boolean closing;
    private long reportedMs;
    private @Nullable Client client;
    private long attachment;

    /** Milliseconds of the monotonic clock; written by the connection's event loop, read by the core at expiry. */
    private volatile long lastHeardMs;

    private Session(long id, boolean local, int timeoutMs, long nowMs) {
        this.id = id;
        this.local = local;
        this.timeoutMs = timeoutMs;
        this.lastHeardMs = nowMs;
    }

    /** One that all servers know. */
    static Session replicated(long id, int timeoutMs, long nowMs) {
        return new Session(id, false, timeoutMs, nowMs);
    }

    /** One that only reads, and that nobody else knows: {@link LocalSessions}. */
    static Session local(long id, int timeoutMs, long nowMs) {
        return new Session(id, true, timeoutMs, nowMs);
    }

    public long id() {
        return id;
    }

    /** Whether this server alone knows it, and it may only read. Any thread. */
    public boolean isLocal() {
        return local;
    }

    /** A sign of life. Any thread. */
    public void heardAt(long nowMs) {
        lastHeardMs = nowMs;
    }

    /** When it last gave a sign of life, on the clock of {@link Core#nowMs}. Any thread. */
    @Override
    public long lastHeardMs() {
        return lastHeardMs;
    }

    /** Agreed with the client, in milliseconds. */
    @Override
    public int timeoutMs() {
        return timeoutMs;
    }

    boolean isClosing() {
        return closing;
    }

    /** Its close was proposed: nothing more is proposed for it. */
    void beginClosing() {
        closing = true;
    }

    /** Nobody knows whether its close will come about. */
    void staysOpen() {
        closing = false;
    }

    /** Whether it was heard of since the last time this was asked. */
    boolean isNews() {
        boolean news = lastHeardMs != reportedMs;
        reportedMs = lastHeardMs;
        return news;
    }

    boolean belongsTo(Client other) {
        return other.equals(client);
    }

    @Nullable
    Client client() {
        return client;
    }

    /** @param ordinal of this attachment: {@link Owners.Owner} */
    void attach(Client newClient, int newTimeoutMs, long ordinal) {
        client = newClient;
        attachment = ordinal;
        timeoutMs = newTimeoutMs;
    }

    /** The ordinal of the attachment of its client; of no meaning while it has none. */
    long attachment() {
        return attachment;
    }

    void detach(Client gone) {
        if (gone.equals(client)) {
            client = null;
        }
    }
}
