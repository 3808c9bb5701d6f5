package io.pando.server.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At which server each session's client is, as far as the leader knows. A request that comes from another
 * server is one from before it moved, and must not be carried out behind newer ones. Core thread of a leader.
 */
final class Owners {
    private static final long EPOCH = 0xffff_ffff_0000_0000L;

    private final Map<Long, Owner> bySession = new HashMap<>();

    /** Of each server: sessions that begin there have equal owners, and share one. */
    private final Map<Long, Owner> latest = new HashMap<>();

    /**
     * Where a session's client is.
     *
     * @param serverId of the server
     * @param origin in which of its lives
     * @param ordinal of the attachment, unsigned: the later the client attached itself there, the higher. That of the barrier that it had to wait for
     */
    record Owner(long serverId, long origin, long ordinal) {}

    /** Of the attachment that a session begins with, which is created by this txn: lower than that of any barrier from then on. */
    static long ordinalOfCreation(long zxid) {
        return zxid & EPOCH;
    }

    /**
     * A server says that it has a session's client. That may have been on its way for so long, or that server may have been away for so long, that
     * the client is elsewhere meanwhile.
     *
     * @return where the client is not any more, the claimant included; null if it was not known to be anywhere else
     */
    @Nullable
    Owner claimed(long sessionId, Owner claimant) {
        Owner known = bySession.get(sessionId);
        if (known == null || known.serverId() == claimant.serverId()) {
            bySession.put(sessionId, shared(claimant));
            return null;
        }
        if (Long.compareUnsigned(claimant.ordinal(), known.ordinal()) < 0) {
            return claimant;
        }
        bySession.put(sessionId, shared(claimant));
        return known;
    }

    private Owner shared(Owner claimant) {
        return latest.merge(claimant.serverId(), claimant, (before, now) -> now.equals(before) ? before : now);
    }

    /** Whether a request of the session may come from there: also where nobody is known to have it. */
    boolean mayAsk(long sessionId, long origin) {
        Owner owner = bySession.get(sessionId);
        return owner == null || owner.origin() == origin;
    }

    void closed(long sessionId) {
        bySession.remove(sessionId);
    }
}
