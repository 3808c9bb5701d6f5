package io.pando.zab.sim;

import io.pando.zab.model.Membership;

/**
 * Which damage a disk may suffer (simulation.md section 4): without an intact copy in the right place a loss would be nobody's fault, and
 * without a quorum of servers that lack nothing nobody may lead.
 *
 * @param members that the ensemble began with
 */
public record FaultAtlas(Membership members, Disks disks) {

    /** What is known of the servers' disks. */
    public interface Disks {
        /** Whether nothing is damaged there, nor is to be made good. */
        boolean lacksNothing(long id);

        /** Whether what a server has up to this zxid is as it was written. */
        boolean hasIntact(long id, long zxid);
    }

    /** Whether the victim, which has records up to {@code last}, may be damaged like this. */
    public boolean permits(Damage damage, long victim, long last) {
        return damage.isAlwaysNoticed() ? mayBeDamaged(victim, last) : mayBeLost(victim, last);
    }

    /** A server that knows of its damage lets nobody lead who has less: one intact copy is enough. */
    private boolean mayBeDamaged(long victim, long last) {
        return members.isQuorum(id -> id != victim && disks.lacksNothing(id))
                && members.participants().stream()
                        .anyMatch(member -> member.id() != victim && disks.hasIntact(member.id(), last));
    }

    /** One that takes the damage for a write that was never completed does not: the others must be a quorum without it. */
    private boolean mayBeLost(long victim, long last) {
        return members.isQuorum(id -> id != victim && disks.lacksNothing(id) && disks.hasIntact(id, last))
                && !members.isQuorum(id -> id == victim || !disks.hasIntact(id, last));
    }
}
