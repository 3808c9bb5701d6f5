package io.pando.test.whole;

import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.DurableState;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.Damage;
import io.pando.zab.sim.SimFailure;

/**
 * Damage to what a disk has kept, until the server on it has started again.
 *
 * @param lastZxid up to which it had everything before
 */
record Rot(Damage damage, long lastZxid) {

    /** What a disk has kept, whatever the server on it believes. */
    static DurableState kept(SimulatedDisk disk) {
        DurableState kept = new DurableState(SimServer.DATA, SimServer.LOG);
        kept.refresh(disk);
        return kept;
    }

    /**
     * A server that has started on this disk has written down how far it must come before it may lead; the ends of records that no
     * checksum tells from a torn write are excepted.
     *
     * @return whether something was missing
     */
    boolean requireNoticed(SimulatedDisk disk) {
        DurableState kept = kept(disk);
        long floor = kept.promise().floorZxid();
        if (damage.isAlwaysNoticed() && !kept.holds(lastZxid) && Zxid.isAfter(lastZxid, floor)) {
            throw new SimFailure("Records up to " + Zxid.toString(lastZxid)
                    + " were damaged, and the server that starts without them" + " is content with what it has up to "
                    + Zxid.toString(kept.lastZxid()) + ", as its floor is " + Zxid.toString(floor));
        }
        return floor != Zxid.NONE;
    }
}
