package io.pando.test.whole;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Does to disks what lasts: they are lost with all that is on them, or have no room for a while. Of data that only a quorum has, no
 * more is lost than the ensemble can do without: simulation.md section 4.
 */
final class StorageNemesis {
    private static final int MOST_BYTES_LEFT = 8_000;

    private final World world;
    private final SplittableRandom random;
    private final Set<Long> haveLostData = new TreeSet<>();
    private boolean stopped;

    private enum Fault {
        DATA_LOST,
        DISK_FULL,
        DISK_OF_LEADER_FULL,
        ALL_DISKS_FULL
    }

    StorageNemesis(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    void begin() {
        world.scheduler().in(World.exponential(random, world.profile().storageFaultEveryNanos()), () -> {
            if (!stopped) {
                strike(Fault.values()[random.nextInt(Fault.values().length)]);
                begin();
            }
        });
    }

    void stop() {
        stopped = true;
    }

    /** Whoever had lost its data has everything again, and its voice. */
    void allIsBack() {
        haveLostData.forEach(id -> world.coverage().count("servers that lost their data and have it again"));
    }

    private void strike(Fault fault) {
        List<SimServer> all = List.copyOf(world.servers());
        SimServer victim = all.get(random.nextInt(all.size()));
        SimServer leader = world.leader();
        switch (fault) {
            case DATA_LOST -> {
                // Who disowns its data loses it as well.
                if (!world.profile().bendsTree() && world.allVotersCount(victim)) {
                    note(fault, victim);
                    victim.loseData();
                    haveLostData.add(victim.id());
                }
            }
            case DISK_FULL -> fill(fault, victim);
            case DISK_OF_LEADER_FULL -> fill(fault, leader == null ? victim : leader);
            case ALL_DISKS_FULL -> all.forEach(server -> fill(fault, server));
        }
    }

    private void note(Fault fault, SimServer victim) {
        world.coverage().count("fault " + fault);
        world.trace("nemesis", fault + ", " + victim);
    }

    private void fill(Fault fault, SimServer victim) {
        if (!victim.isFull()) {
            note(fault, victim);
            victim.fill(random.nextInt(MOST_BYTES_LEFT));
            world.scheduler().in(random.nextLong(2 * World.SECOND), victim::makeRoom);
        }
    }
}
