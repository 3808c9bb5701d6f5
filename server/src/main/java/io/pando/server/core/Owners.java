package io.pando.server.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which server each session's client is attached to, as far as a leader has been told. A request of a session that comes by another
 * server is one from before it moved, and must not be carried out behind newer ones. Core thread of a leader.
 */
final class Owners {
    private final Map<Long, Owner> bySession = new HashMap<>();

    /** What a server says of a session's client: {@link #attached} or {@link #stillAttached}. */
    interface Claim {
        @Nullable
        Owner settle(Owners owners, long sessionId, Owner claimant);
    }

    /**
     * A server that a session's client is attached to.
     *
     * @param origin in which of its lives
     * @param sinceZxid what that server had published when the client attached itself
     */
    record Owner(long serverId, long origin, long sinceZxid) {}

    /** A client has just attached itself there. Returns where it is not any more; null if it was not known to be anywhere else. */
    @Nullable
    Owner attached(long sessionId, Owner owner) {
        Owner before = bySession.put(sessionId, owner);
        return before == null || before.serverId() == owner.serverId() ? null : before;
    }

    /**
     * A server that begins to follow this leader, or does so again, has held a client since before. The client may have moved meanwhile,
     * without that server knowing: whoever has held it for longer is wrong, and so is who comes later with a claim that is as old.
     *
     * @return where the client is not, the claimant included; null if nobody else claims to have it
     */
    @Nullable
    Owner stillAttached(long sessionId, Owner claimant) {
        Owner known = bySession.get(sessionId);
        if (known != null
                && known.serverId() != claimant.serverId()
                && Long.compareUnsigned(claimant.sinceZxid(), known.sinceZxid()) <= 0) {
            return claimant;
        }
        return attached(sessionId, claimant);
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
