package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import java.util.List;

/**
 * The storage of production at the moments that count: its disks lose power, fail and fill up there, or have lost something when the
 * server comes back. {@link StorageScripts} shows what the protocol makes of it, these what is then found on the disk.
 */
final class DiskScripts {
    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "S5-bytes",
                    "A server is cut, and its disk fails or loses power at any operation of that.",
                    Setting.servers(3).onStoredDisks(),
                    DiskScripts::cutsGoWrong),
            new Scenario(
                    "S8-bytes",
                    "What a server has acknowledged is found damaged at the end of its log or before it.",
                    Setting.servers(3).onSteadyLinks().onStoredDisks(),
                    DiskScripts::logIsDamaged),
            new Scenario(
                    "S8-snapshots",
                    "The newest snapshot is found cut short, again and again, while an older one is good.",
                    Setting.servers(3).onSteadyLinks().onStoredDisks(),
                    DiskScripts::snapshotsAreDamaged),
            new Scenario(
                    "S13-bytes",
                    "A snapshot takes the place of a log, and the disk fails or loses power at any operation of that.",
                    Setting.servers(3).remembering(150).onStoredDisks(),
                    DiskScripts::resetsGoWrong),
            new Scenario(
                    "S14-full",
                    "Disks fill up under load, of one server or of all: nobody stops, and writes go on when there is"
                            + " room again.",
                    Setting.servers(3).onSteadyLinks().onStoredDisks(),
                    DiskScripts::disksFillUp),
            new Scenario(
                    "S14-leader",
                    "The disk of the leader fills up under load: a server that has room leads on.",
                    Setting.servers(3).onSteadyLinks().onStoredDisks(),
                    DiskScripts::leadersDiskFillsUp),
            new Scenario(
                    "S14-most",
                    "Disks fill up under load until no quorum has room: whoever leads then goes on leading, and refuses"
                            + " what is written.",
                    Setting.servers(3).onSteadyLinks().onStoredDisks(),
                    DiskScripts::mostDisksFillUp));

    private DiskScripts() {}

    private static void cutsGoWrong(Stage stage) {
        stage.begin();
        for (int i = 0; i < 3; i++) {
            stage.write(stage.some(1, 4));
            stage.untilCommitted(stage.all());
            long old = stage.leader();
            List<Long> others = stage.allBut(old);
            stage.isolate(old);
            stage.writeAt(old, stage.some(2, 30));
            stage.untilAllIsDurable(old);
            stage.dieUnheard(old);
            stage.mend();
            stage.writeAt(stage.leaderAmong(others), stage.some(1, 4));
            stage.at((id, what) -> id == old && what instanceof Effect.Truncate, (id, what) -> goWrong(stage, id, 12));
            stage.start(old);
            stage.write(stage.some(1, 4));
            stage.untilAllFollowRestarted();
            settle(stage, old);
        }
    }

    private static void goWrong(Stage stage, long id, int operations) {
        if (stage.perhaps()) {
            stage.failAfter(id, stage.some(0, operations));
        } else {
            stage.losePowerAfter(id, stage.some(0, operations));
        }
    }

    /** Whatever its disk was still to refuse, it carries out; and whoever was still to start it, has tried. */
    private static void settle(Stage stage, long id) {
        stage.mendDisk(id);
        stage.forMs(500);
        stage.untilAllFollow();
    }

    private static void logIsDamaged(Stage stage) {
        stage.begin();
        for (int i = 0; i < 3; i++) {
            long victim = stage.oneOf(stage.all());
            for (int k = stage.some(5, 10); k > 0; k--) {
                stage.write(1);
                stage.untilCommitted(stage.all());
            }
            stage.forMs(stage.some(0, 100));
            stage.damage(victim, stage.perhaps() ? Damage.END_FLIPPED : Damage.MIDDLE_LOST);
            stage.forMs(stage.some(0, 300));
            stage.start(victim);
            stage.untilAllFollow();
            stage.until(
                    "server " + victim + " misses nothing",
                    () -> stage.server(victim).disk().promise().floorZxid() == 0);
        }
    }

    private static void snapshotsAreDamaged(Stage stage) {
        stage.begin();
        List<Long> all = stage.all();
        long victim = stage.oneOf(all);
        for (int i = 0; i < 4; i++) {
            stage.write(stage.some(2, 20));
            stage.untilCommitted(all);
            stage.untilSnapshot(victim);
            if (i == 0) {
                continue;
            }
            stage.damage(victim, Damage.SNAPSHOT_CUT);
            stage.start(victim);
            stage.require(
                    stage.server(victim).disk().promise().floorZxid() == 0,
                    "S8: an older snapshot was good, and yet server " + victim + " lacks something");
            stage.untilAllFollow();
        }
    }

    private static void resetsGoWrong(Stage stage) {
        stage.begin();
        for (int i = 0; i < 2; i++) {
            long late = stage.oneOf(stage.allBut(stage.leader()));
            List<Long> others = stage.allBut(late);
            stage.crash(late);
            for (int k = 0; k < 4; k++) {
                stage.writeAt(stage.leaderAmong(others), stage.some(8, 16));
                stage.untilCommitted(others);
                others.forEach(stage::snapshot);
                stage.forMs(150);
            }
            stage.at((id, what) -> id == late && what instanceof Effect.ResetLog, (id, what) -> goWrong(stage, id, 12));
            stage.start(late);
            stage.write(stage.some(0, 3));
            stage.untilAllFollowRestarted();
            settle(stage, late);
        }
    }

    private static void disksFillUp(Stage stage) {
        stage.begin();
        stage.load(10);
        for (int i = 0; i < 3; i++) {
            List<Long> full = stage.perhaps() ? stage.all() : List.of(stage.oneOf(stage.all()));
            full.forEach(id -> stage.fill(id, stage.some(0, 8_000)));
            stage.forMs(stage.some(0, 1500));
            full.forEach(stage::makeRoom);
            stage.forMs(stage.some(0, 1000));
        }
        requireNobodyHalted(stage);
    }

    private static void requireNobodyHalted(Stage stage) {
        stage.require(stage.met("halts by a storage fault") == 0, "A full disk has stopped a server");
    }

    private static void leadersDiskFillsUp(Stage stage) {
        stage.begin();
        stage.load(10);
        for (int i = 0; i < 3; i++) {
            long full = stage.leader();
            List<Long> others = stage.allBut(full);
            stage.fill(full, stage.some(0, 8_000));
            long next = stage.leaderAmong(others);
            stage.writeAt(next, stage.some(1, 4));
            stage.untilCommitted(others);
            stage.makeRoom(full);
            stage.untilAllFollow();
        }
        requireNobodyHalted(stage);
    }

    private static void mostDisksFillUp(Stage stage) {
        stage.begin();
        stage.load(10);
        for (int i = 0; i < 2; i++) {
            long leader = stage.leader();
            List<Long> full = stage.allBut(stage.perhaps() ? leader : stage.oneOf(stage.allBut(leader)));
            // The leader comes last: as long as both others have room, it would hand over.
            full.stream().filter(id -> id != leader).forEach(id -> fillUp(stage, id));
            full.stream().filter(id -> id == leader).forEach(id -> fillUp(stage, id));
            long refused = stage.met("writes refused");
            stage.forMs(stage.some(1_000, 8_000));
            stage.require(stage.leaderOrNobody() == leader, "S14: a leader has left though nobody could do more");
            stage.require(stage.met("writes refused") > refused, "S14: writes are taken that no quorum has room for");
            full.forEach(stage::makeRoom);
            stage.untilAllFollow();
        }
        requireNobodyHalted(stage);
    }

    /** A server has no room any more, and whoever leads it knows. */
    private static void fillUp(Stage stage, long id) {
        stage.fill(id, stage.some(0, 8_000));
        stage.until(
                "server " + id + " has no room", () -> !stage.server(id).disk().isWritable());
        stage.forMs(500);
    }
}
