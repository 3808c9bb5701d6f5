package io.pando.zab.sim;

import java.util.List;
import java.util.SplittableRandom;

/** Decides what goes wrong with disks and with power, where the storage of production runs. */
final class StorageNemesis {
    private static final long SECOND = 1_000_000_000L;

    private final SimCluster cluster;
    private final SplittableRandom random;
    private final Faults<Fault> faults;

    private enum Fault {
        POWER_OF_ALL,
        POWER_OF_ONE,
        POWER_AT_AN_OPERATION,
        AN_OPERATION_FAILS,
        NO_SPACE,
        ROT
    }

    StorageNemesis(SimCluster cluster, Profile.Storage profile) {
        this.cluster = cluster;
        this.random = cluster.choices().split();
        this.faults = new Faults<>(
                Fault.class,
                cluster.scheduler(),
                random,
                profile.faultEveryNanos(),
                cluster::nextFaultStrikes,
                this::strike);
        // Whoever was not there when a quorum began has no voice yet: then the damage of one other is too much.
        if (!profile.rots() || cluster.profile().genesisByQuorum()) {
            faults.never(Fault.ROT);
        }
    }

    void begin() {
        faults.begin();
    }

    void stop() {
        faults.stop();
    }

    private void strike(Fault fault) {
        cluster.coverage().count("disk fault " + fault);
        SimNode victim = anyNode();
        StoredDisk disk = diskOf(victim);
        switch (fault) {
            case POWER_OF_ALL -> cluster.nodes().forEach(this::losePower);
            case POWER_OF_ONE -> losePower(victim);
            case POWER_AT_AN_OPERATION -> disk.losePowerAfter(few());
            case AN_OPERATION_FAILS -> disk.failAfter(few());
            case NO_SPACE -> {
                disk.fill(random.nextInt(2 * disk.segmentBytes()));
                cluster.scheduler()
                        .in(random.nextLong(SECOND), () -> diskOf(victim).makeRoom());
            }
            case ROT -> {
                losePower(victim);
                boolean known = random.nextBoolean();
                if (!victim.disk().isBlank() && (known ? mayBeDamaged(victim) : mayBeLost(victim))) {
                    diskOf(victim).damage(known ? Damage.BIT_FLIPPED : Damage.SECTOR_LOST);
                }
            }
        }
    }

    private int few() {
        return (int) Math.pow(60, random.nextDouble());
    }

    private SimNode anyNode() {
        return List.copyOf(cluster.nodes()).get(random.nextInt(cluster.nodes().size()));
    }

    private static StoredDisk diskOf(SimNode node) {
        return (StoredDisk) node.disk();
    }

    private void losePower(SimNode node) {
        diskOf(node).losePower();
        node.crash();
        cluster.scheduler().in(random.nextLong(SECOND), () -> {
            if (!node.isUp()) {
                node.start();
            }
        });
    }

    // The fault atlas: without an intact copy in the right place a loss would be nobody's fault; and without a quorum
    // of servers that lack nothing, nobody may lead.

    /** A server that knows of its damage lets nobody lead who has less: one intact copy is enough. */
    private boolean mayBeDamaged(SimNode victim) {
        long last = victim.disk().lastZxid();
        return cluster.initial().isQuorum(id -> id != victim.id() && isSound(id))
                && cluster.initial().participants().stream()
                        .anyMatch(member -> member.id() != victim.id() && hasIntact(member.id(), last));
    }

    /** One that takes the damage for a write that was never completed does not: the others must be a quorum without it. */
    private boolean mayBeLost(SimNode victim) {
        long last = victim.disk().lastZxid();
        return cluster.initial().isQuorum(id -> id != victim.id() && isSound(id) && hasIntact(id, last))
                && !cluster.initial().isQuorum(id -> id == victim.id() || !hasIntact(id, last));
    }

    private boolean isSound(long id) {
        StoredDisk disk = diskOf(cluster.node(id));
        return !disk.isRotten() && disk.promise().floorZxid() == 0;
    }

    private boolean hasIntact(long id, long zxid) {
        StoredDisk disk = diskOf(cluster.node(id));
        return !disk.isRotten() && (zxid == 0 || disk.holds(zxid));
    }
}
