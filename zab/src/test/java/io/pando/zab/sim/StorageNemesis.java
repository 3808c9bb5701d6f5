package io.pando.zab.sim;

import java.util.List;
import java.util.SplittableRandom;

/** Decides what goes wrong with disks and with power, where the storage of production runs. */
final class StorageNemesis implements FaultAtlas.Disks {
    private static final long SECOND = 1_000_000_000L;

    private final SimCluster cluster;
    private final FaultAtlas atlas;
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
        this.atlas = new FaultAtlas(cluster.initial(), this);
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
                Damage damage = random.nextBoolean() ? Damage.BIT_FLIPPED : Damage.SECTOR_LOST;
                if (!victim.disk().isBlank()
                        && atlas.permits(damage, victim.id(), victim.disk().lastZxid())) {
                    diskOf(victim).damage(damage);
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

    @Override
    public boolean lacksNothing(long id) {
        StoredDisk disk = diskOf(cluster.node(id));
        return !disk.isRotten() && disk.promise().floorZxid() == 0;
    }

    @Override
    public boolean hasIntact(long id, long zxid) {
        StoredDisk disk = diskOf(cluster.node(id));
        return !disk.isRotten() && (zxid == 0 || disk.holds(zxid));
    }
}
