package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.message.Message;
import java.util.List;

/**
 * What the protocol makes of a disk that fails: to it, a server whose disk refuses something is one that dies right there. What is then
 * found on the disk, byte for byte, is the subject of {@code io.pando.zab.log} and {@code io.pando.zab.runtime}: of
 * {@code TruncationTest}, {@code ResetTest} and {@code MemberRecoveryTest} (S5, S13, S14), {@code DamageTest} (S8),
 * {@code StorageRulesTest} and {@code CrashTest} (S7, S14, S15).
 */
final class StorageScripts {
    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "S5",
                    "A server is cut, appends, dies at any point of it, recovers, and is cut again.",
                    Setting.servers(3),
                    StorageScripts::cutAppendDie),
            new Scenario(
                    "S7",
                    "A disk refuses a write of the log or of a promise, at a leader or a follower, and so the server"
                            + " halts.",
                    Setting.servers(3),
                    stage -> diskRefuses(
                            stage, what -> what instanceof Effect.Append || what instanceof Effect.PersistPromise)),
            new Scenario(
                    "S8",
                    "The end of a log is found damaged, though it was acknowledged; servers restart in any order.",
                    Setting.servers(3),
                    StorageScripts::damagedEnd),
            new Scenario(
                    "S8-sync",
                    "The end of a log is found damaged, and whoever has it all dies when it is about to give it back.",
                    Setting.servers(3).onSteadyLinks(),
                    StorageScripts::damagedEndIsNotMended),
            new Scenario(
                    "S14",
                    "A disk refuses to cut the log or to begin a new one, and so the server halts.",
                    Setting.servers(3).remembering(150),
                    stage -> diskRefuses(
                            stage, what -> what instanceof Effect.Truncate || what instanceof Effect.ResetLog)),
            new Scenario(
                    "S15",
                    "Snapshots are taken all the time under load, and servers restart from each.",
                    Setting.servers(3),
                    StorageScripts::snapshotsUnderLoad));

    private StorageScripts() {}

    private static void cutAppendDie(Stage stage) {
        stage.begin();
        for (int i = 0; i < 3; i++) {
            long old = stage.leader();
            writeAloneAndDie(stage, old);
            long next = stage.leaderAmong(stage.allBut(old));
            stage.writeAt(next, stage.some(1, 4));
            boolean[] dead = {false};
            stage.at(
                    (id, what) -> id == old && what instanceof Effect.Truncate,
                    (at, cut) -> stage.atNth(stage.some(0, 20), (id, what) -> id == old, (id, what) -> {
                        stage.crash(old);
                        dead[0] = true;
                    }));
            stage.start(old);
            stage.write(stage.some(1, 4));
            stage.until("the server has been cut and has died", () -> dead[0]);
            stage.start(old);
            stage.untilAllFollow();
        }
    }

    private static void writeAloneAndDie(Stage stage, long leader) {
        stage.isolate(leader);
        stage.writeAt(leader, stage.some(2, 6));
        stage.untilAllIsDurable(leader);
        stage.dieUnheard(leader);
        stage.mend();
    }

    /** What a disk may refuse. */
    private interface Work {
        boolean isThis(Object effect);
    }

    private static void diskRefuses(Stage stage, Work work) {
        stage.begin();
        for (int i = 0; i < 3; i++) {
            long old = stage.leader();
            stage.atNth(stage.some(0, 6), (id, what) -> work.isThis(what), (id, what) -> stage.crash(id));
            writeAloneAndDie(stage, old);
            List<Long> others = stage.allBut(old);
            for (int k = 0; k < 2; k++) {
                others.forEach(stage::snapshot);
                stage.forMs(200);
                stage.writeAt(stage.leaderAmongRestarted(others), stage.some(1, 4));
            }
            stage.start(old);
            stage.forMs(stage.some(0, 1000));
            stage.start(stage.all());
        }
    }

    /** All are down. The victim's disk has lost what besides it only the leader had, and the stale one has never had it. */
    private record Loss(long leader, long victim, long stale) {
        static Loss of(Stage stage) {
            stage.begin();
            stage.write(stage.some(1, 4));
            stage.untilCommitted(stage.all());
            long leader = stage.leader();
            long victim = stage.oneOf(stage.allBut(leader));
            long stale = stage.allBut(leader, victim).getFirst();
            long kept = stage.server(victim).disk().lastZxid();
            // The only two that have these are the leader and the one that loses them again.
            stage.crash(stale);
            stage.write(stage.some(1, 4));
            stage.untilCommitted(List.of(leader, victim));
            stage.crash(leader, victim);
            stage.damage(victim, kept);
            return new Loss(leader, victim, stale);
        }
    }

    private static void damagedEnd(Stage stage) {
        Loss loss = Loss.of(stage);
        long leader = loss.leader();
        long victim = loss.victim();
        long stale = loss.stale();

        stage.start(victim, stale);
        stage.forMs(stage.some(0, 3000));
        if (stage.perhaps()) {
            stage.crash(victim);
            stage.forMs(100);
        }
        stage.start(leader);
        stage.start(victim);
        stage.untilActive(victim);
        stage.crash(leader);
        stage.write(1);
    }

    private static void damagedEndIsNotMended(Stage stage) {
        Loss loss = Loss.of(stage);
        long leader = loss.leader();
        long victim = loss.victim();
        long stale = loss.stale();

        boolean[] dead = {false};
        stage.at((id, what) -> id == victim && Moments.receives(what, Message.Sync.class), (id, what) -> {
            stage.crash(leader);
            dead[0] = true;
        });
        stage.start(leader, victim);
        stage.until("server " + leader + " has died", () -> dead[0]);
        stage.start(stale);
        stage.forMs(stage.some(0, 3000));
        stage.start(leader);
        stage.untilAllFollow();
    }

    private static void snapshotsUnderLoad(Stage stage) {
        stage.begin();
        stage.load(4);
        for (int i = 0; i < 12; i++) {
            long any = stage.oneOf(stage.all());
            stage.all().forEach(stage::snapshot);
            stage.forMs(stage.some(0, 200));
            stage.crash(any);
            stage.all().forEach(stage::snapshot);
            stage.forMs(stage.some(0, 100));
            stage.start(any);
        }
    }
}
