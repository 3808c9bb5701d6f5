package io.pando.server.watch;

import io.pando.session.EventType;

/**
 * What a client is told: made once for all that are told the same.
 *
 * @param zxid the transaction that caused it, or {@link #NO_ZXID}
 */
public record Notification(EventType type, String path, long zxid) {
    /** The zxid of events that no single transaction caused: those a reconnecting client is caught up with. */
    public static final long NO_ZXID = -1;
}
