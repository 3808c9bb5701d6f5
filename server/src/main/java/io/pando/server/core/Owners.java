package io.pando.server.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which server each session's client is attached to, as far as a leader has been told. A request of a session that comes by another
 * server is one from before it moved, and must not be carried out behind newer ones. Core thread of a leader.
 */
final class Owners {
    private final Map<Long, Held> bySession = new HashMap<>();

    /** A session whose client is known to be somewhere. */
    private static final class Held {
        private final Owner owner;
        private boolean hasWritten;

        Held(Owner owner) {
            this.owner = owner;
        }
    }

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
    record Owner(long serverId, long origin, long sinceZxid) {
        private int compareAge(Owner other) {
            return Long.compareUnsigned(sinceZxid, other.sinceZxid);
        }
    }

    /**
     * A client has just attached itself there, or so its server says. That may have been on its way for so long that the client is elsewhere
     * meanwhile: of two attachments that began at the same zxid, one is the newer through which something was written, since whoever
     * attaches itself behind a write waits until it is published.
     *
     * @return where the client is not, the claimant included; null if it was not known to be anywhere else
     */
    @Nullable
    Owner attached(long sessionId, Owner claimant) {
        Held known = heldElsewhere(sessionId, claimant);
        if (known != null) {
            int age = claimant.compareAge(known.owner);
            if (age < 0 || (age == 0 && known.hasWritten)) {
                return claimant;
            }
        }
        return put(sessionId, claimant);
    }

    private @Nullable Held heldElsewhere(long sessionId, Owner claimant) {
        Held known = bySession.get(sessionId);
        return known == null || known.owner.serverId() == claimant.serverId() ? null : known;
    }

    private @Nullable Owner put(long sessionId, Owner claimant) {
        Held before = bySession.get(sessionId);
        if (before != null && before.owner.equals(claimant)) {
            return null; // said again: what was written counts
        }
        bySession.put(sessionId, new Held(claimant));
        return before == null || before.owner.serverId() == claimant.serverId() ? null : before.owner;
    }

    /**
     * A server that begins to follow this leader, or does so again, has held a client since before. The client may have moved meanwhile,
     * without that server knowing: whoever has held it for longer is wrong, and so is who comes later with a claim that is as old.
     *
     * @return where the client is not, the claimant included; null if nobody else claims to have it
     */
    @Nullable
    Owner stillAttached(long sessionId, Owner claimant) {
        Held known = heldElsewhere(sessionId, claimant);
        if (known != null && claimant.compareAge(known.owner) <= 0) {
            return claimant;
        }
        return put(sessionId, claimant);
    }

    /** Something is proposed that the session's client has asked for where it is. */
    void wrote(long sessionId) {
        Held held = bySession.get(sessionId);
        if (held != null) {
            held.hasWritten = true;
        }
    }

    /** Whether a request of the session may come from there: also where nobody is known to have it. */
    boolean mayAsk(long sessionId, long origin) {
        Held held = bySession.get(sessionId);
        return held == null || held.owner.origin() == origin;
    }

    void closed(long sessionId) {
        bySession.remove(sessionId);
    }
}
