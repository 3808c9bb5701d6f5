package io.pando.test.torture;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Member;
import io.pando.test.harness.SmallDisk;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the nemesis has at hand: the servers, the links between them, and a disk that can be filled. */
final class Site implements AutoCloseable {
    /** So that sessions may be short, and end while the torture lasts. */
    private static final String TICK_MS = "500";

    private static final int APACHES_DISK_MIB = 1024;

    private final Ensemble ensemble;
    private final @Nullable SmallDisk disk;
    private final String noDisk;

    private Site(Ensemble ensemble, @Nullable SmallDisk disk, String noDisk) {
        this.ensemble = ensemble;
        this.disk = disk;
        this.noDisk = noDisk;
    }

    /** Starts all servers; the one with the highest number gets the small disk. Returns when they serve. */
    static Site open(Plan plan) throws IOException {
        SmallDisk disk = null;
        String noDisk = "";
        try {
            disk = diskFor(plan);
        } catch (IOException e) {
            noDisk = String.valueOf(e.getMessage());
        }
        try {
            Ensemble ensemble = Ensemble.of(plan.servers())
                    .in(plan.folder())
                    .with("tickTime", TICK_MS)
                    // Logs and snapshots that change often, so that faults meet them at every moment of their lives.
                    .with("snapCount", "1000")
                    .with("snapGrowthPercent", "0")
                    .with("preAllocSize", "1024")
                    .withRelays()
                    .start(plan.target());
            return new Site(ensemble, disk, noDisk);
        } catch (IOException | RuntimeException | Error e) {
            if (disk != null) disk.close();
            throw e;
        }
    }

    /** Apache ZooKeeper keeps all of its logs and snapshots for an hour at least, and ends when they leave no room. */
    private static SmallDisk diskFor(Plan plan) throws IOException {
        Path data = Ensemble.homeIn(plan.folder(), plan.servers()).resolve("data");
        return plan.target() == Target.ZOOKEEPER ? SmallDisk.on(data, APACHES_DISK_MIB) : SmallDisk.on(data);
    }

    Ensemble ensemble() {
        return ensemble;
    }

    List<Member> members() {
        return ensemble.members();
    }

    Optional<SmallDisk> disk() {
        return Optional.ofNullable(disk);
    }

    /** Why there is none; empty if there is one. */
    String whyNoDisk() {
        return noDisk;
    }

    /** Whose the small disk is, if there is one. */
    Member ownerOfDisk() {
        return members().getLast();
    }

    /** Copies what would be gone with the memory it is in; servers must not run. Where it is then. */
    Optional<Path> keepDisk() throws IOException {
        if (disk == null) return Optional.empty();
        Path copy = ownerOfDisk().dataDir().resolveSibling("data-kept");
        disk.copyTo(copy);
        return Optional.of(copy);
    }

    /** Ends all processes that still run. */
    void kill() {
        ensemble.close();
    }

    @Override
    public void close() {
        kill();
        try {
            if (disk != null) disk.close();
        } catch (IOException e) {
            throw new IllegalStateException("The small disk stays mounted: " + e.getMessage(), e);
        }
    }
}
