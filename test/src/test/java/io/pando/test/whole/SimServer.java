package io.pando.test.whole;

import io.pando.server.watch.Publication;
import io.pando.zab.disk.SimulatedDisk;
import io.pando.zab.log.SteppedStore;
import io.pando.zab.sim.SimFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A machine with its disk, on which a server lives again and again. */
final class SimServer {
    static final Path DATA = Path.of("/data");
    static final Path LOG = Path.of("/log");

    private final long id;
    private final World world;
    private final SplittableRandom random;
    private final double clockRate;
    private SimulatedDisk disk;
    private @Nullable Life life;
    private boolean mayFail;
    private long capacityBytes = Long.MAX_VALUE;
    private boolean treeIsToBend;
    private @Nullable Rot rot;

    SimServer(long id, World world, SplittableRandom random) {
        this.id = id;
        this.world = world;
        this.random = random;
        this.clockRate = 0.9 + 0.2 * random.nextDouble();
        this.disk = new SimulatedDisk(random.split());
    }

    long id() {
        return id;
    }

    SimulatedDisk disk() {
        return disk;
    }

    @Nullable
    Life life() {
        return life;
    }

    @Nullable
    SimTransport transport() {
        return life == null ? null : life.host().transport();
    }

    boolean isUp() {
        return life != null;
    }

    boolean isLeading() {
        return life != null && life.role().active() && life.role().isLeading();
    }

    /** Whether clients are served. */
    boolean isActive() {
        return life != null && !life.host().isPaused() && life.role().active();
    }

    boolean isWritable() {
        return life != null && life.isWritable();
    }

    int epoch() {
        return life == null ? 0 : life.role().epoch();
    }

    long publishedZxid() {
        Publication publication = life == null ? null : life.publication();
        return publication == null ? -1 : publication.root().zxid();
    }

    /** Whether its disk was told to fail since it started. */
    boolean mayFail() {
        return mayFail;
    }

    void start() {
        if (life != null) {
            return;
        }
        world.trace(toString(), "starts");
        Life starting = new Life(this, world, random.split(), clockRate);
        try {
            SteppedStore.identify(DATA, LOG, id, disk, new UUID(random.nextLong(), random.nextLong()));
            life = starting;
            starting.start();
            noticeRot();
        } catch (IOException e) {
            if (sawEnoughEvidence()) {
                return;
            }
            if (!mayFail && !isFull()) {
                throw new SimFailure(this + " does not start: " + e, e);
            }
            world.coverage().count("starts that fail");
            crash();
        }
    }

    private void noticeRot() {
        Rot suffered = rot;
        if (suffered != null) {
            rot = null;
            world.coverage()
                    .count(suffered.requireNoticed(disk) ? "damage noticed at a start" : "damage without a loss");
        }
    }

    /** What its disk has kept was damaged just now; only while it is down. */
    void rot(Rot suffered) {
        rot = suffered;
    }

    /** Whether something was done to its disk since it started last. */
    boolean isRotten() {
        return rot != null;
    }

    /** A server that was found to be wrong twice waits for an operator: who has seen enough here, and lets it try again. */
    private boolean sawEnoughEvidence() {
        try {
            if (life != null || !SteppedStore.keepsEvidence(DATA, LOG, disk)) {
                return false;
            }
            SteppedStore.removeEvidence(DATA, LOG, disk);
            world.coverage().count("evidence that had to be looked into");
        } catch (IOException e) {
            return false;
        }
        startLater();
        return true;
    }

    /** The next snapshot that it reads has become another one. */
    void bendTree() {
        treeIsToBend = true;
    }

    boolean takeBend() {
        boolean bends = treeIsToBend;
        treeIsToBend = false;
        return bends;
    }

    /** Whether it shows a tree that was bent. */
    boolean isBent() {
        Publication publication = life == null ? null : life.publication();
        return publication != null && Bending.isBent(publication.root());
    }

    /** The process ends here and now; what it has given to its machine is there when it starts again. */
    void crash() {
        end(true);
        disk = disk.afterExit();
        startLater();
    }

    /** The machine has no power for a while: what was not synced is lost, wholly or in part. */
    void losePower() {
        end(false);
        disk = disk.afterCrash();
        disk.setCapacity(capacityBytes);
        startLater();
    }

    /** The process is killed, and starts again without any of its data. */
    void loseData() {
        end(true);
        disk = new SimulatedDisk(random.split());
        disk.setCapacity(capacityBytes);
        startLater();
    }

    /** Only so much room is left on its disk. */
    void fill(long bytesLeft) {
        capacityBytes = disk.usedBytes() + bytesLeft;
        disk.setCapacity(capacityBytes);
    }

    void makeRoom() {
        capacityBytes = Long.MAX_VALUE;
        disk.setCapacity(capacityBytes);
    }

    /** Whether its disk has an end; a process that can't do without more may stop there. */
    boolean isFull() {
        return capacityBytes != Long.MAX_VALUE;
    }

    /** Whether this is by what others know the data that it has now. */
    boolean hasData(UUID id) {
        try {
            return id.equals(SteppedStore.dataId(DATA, disk));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void end(boolean machineRuns) {
        Life ending = life;
        if (ending != null) {
            world.trace(toString(), machineRuns ? "crashes" : "loses power");
            life = null;
            ending.end(machineRuns);
            world.oracle().ended(id);
        }
        mayFail = false;
    }

    private void startLater() {
        world.scheduler().in(random.nextLong(world.isMended() ? World.SECOND / 10 : World.SECOND), this::start);
    }

    /** One of the next operations of its disk fails; the disk works on. */
    void failDiskAfter(int operations) {
        mayFail = true;
        disk.failAt(disk.operations() + operations);
    }

    /** One of the next operations of its disk is the last before the power is lost. */
    void losePowerAfter(int operations) {
        mayFail = true;
        disk.crashAt(disk.operations() + operations);
    }

    /** No fault is to come any more. */
    void mend() {
        disk.failAt(-1);
        disk.crashAt(Integer.MAX_VALUE);
        mayFail = false;
        makeRoom();
        start();
    }

    @Override
    public String toString() {
        return "server " + id;
    }

    String standing() {
        Life running = life;
        return this
                + (running == null
                        ? ": down"
                        : ": " + running.role() + ", published 0x" + Long.toHexString(publishedZxid()));
    }
}
