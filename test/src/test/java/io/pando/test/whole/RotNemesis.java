package io.pando.test.whole;

import io.pando.zab.log.DurableState;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.Damage;
import io.pando.zab.sim.FaultAtlas;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Damages what disks have kept, in the log or in a snapshot, while their power is off, as far as a {@link FaultAtlas} permits it. */
final class RotNemesis implements FaultAtlas.Disks {
    private final World world;
    private final SplittableRandom random;
    private final Set<Long> victims = new TreeSet<>();
    private boolean stopped;

    RotNemesis(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    void begin() {
        if (world.profile().rotEveryNanos() != Profile.NEVER) {
            next();
        }
    }

    private void next() {
        world.scheduler().in(World.exponential(random, world.profile().rotEveryNanos()), () -> {
            if (!stopped) {
                strike();
                next();
            }
        });
    }

    void stop() {
        stopped = true;
    }

    private void strike() {
        List<SimServer> all = List.copyOf(world.servers());
        SimServer victim = all.get(random.nextInt(all.size()));
        Damage damage = random.nextBoolean() ? Damage.BIT_FLIPPED : Damage.SECTOR_LOST;
        if (victim.isUp()) {
            victim.losePower();
        }
        DurableState kept = Rot.kept(victim.disk());
        long last = kept.lastZxid();
        boolean mayBe = last != Zxid.NONE
                && !victim.isRotten()
                && new FaultAtlas(world.membership(), this).permits(damage, victim.id(), last);
        if (mayBe && damage.doneTo(victim.disk(), random)) {
            world.coverage().count("fault ROT, " + damage);
            world.trace("nemesis", damage + ", " + victim + ", which had " + Zxid.toString(last));
            victim.rot(new Rot(damage, last));
            victims.add(victim.id());
        }
    }

    @Override
    public boolean lacksNothing(long id) {
        SimServer server = world.server(id);
        return !server.isRotten() && Rot.kept(server.disk()).promise().floorZxid() == Zxid.NONE;
    }

    @Override
    public boolean hasIntact(long id, long zxid) {
        SimServer server = world.server(id);
        return !server.isRotten() && Rot.kept(server.disk()).holds(zxid);
    }

    /** Whoever has lacked something because of damage has it from the others. */
    void requireRepairs() {
        world.awaitOrFail(
                10 * World.SECOND,
                "Not everything that was damaged is made good within ten seconds",
                () -> victims.stream().allMatch(this::lacksNothing));
        victims.forEach(id -> world.coverage().count("servers whose damage was made good"));
    }
}
