package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.core.RoleView;
import io.pando.zab.message.Message;
import io.pando.zab.model.Zxid;
import java.util.List;

/** Leaders that die, lose their quorum, or run out of zxids. */
final class LeaderScripts {
    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "S1",
                    "Two leaders in a row die before their first proposal, each leaving another quorum behind.",
                    Setting.servers(3),
                    LeaderScripts::twoLeadersDieEarly),
            new Scenario(
                    "S3",
                    "A server dies at any single effect of discovery and synchronisation, again and again.",
                    Setting.servers(3),
                    LeaderScripts::deathAtAnyEffect),
            new Scenario(
                    "S4",
                    "Epochs are used up under load; and a server comes back that has promised a later one.",
                    Setting.servers(5).withEpochsUpTo(6),
                    LeaderScripts::epochsRunOut),
            new Scenario(
                    "S6",
                    "Servers change their roles while their disks still have writes and cuts of the old ones to do.",
                    Setting.servers(3).onSlowDisks(),
                    LeaderScripts::rolesFlipWhileDisksWork),
            new Scenario(
                    "S17-dead",
                    "Leaders die for good, and those who still follow them do not make others wait for them.",
                    Setting.servers(5).onSteadyLinks(),
                    LeaderScripts::deadLeadersAreNotFollowed),
            new Scenario(
                    "S20",
                    "A leader is cut off or frozen, another is elected and written to, and barriers go through the old"
                            + " one.",
                    Setting.servers(3).onSteadyLinks(),
                    LeaderScripts::barrierThroughTheOldLeader),
            new Scenario(
                    "S20-alone",
                    "The only voter leads observers, whose barriers need nobody else, and follow on the heels of their"
                            + " requests.",
                    Setting.servers(1).andObservers(2),
                    LeaderScripts::barriersOfObservers),
            new Scenario(
                    "R6",
                    "A record of an older epoch reaches a quorum before the marker does, and a rival has a later"
                            + " marker.",
                    Setting.servers(3).onSteadyLinks(),
                    LeaderScripts::oldRecordOnAQuorum));

    private LeaderScripts() {}

    private static void barriersOfObservers(Stage stage) {
        stage.begin();
        for (int i = 0; i < 30; i++) {
            for (long any : stage.all()) {
                stage.writeAt(any, stage.some(0, 3));
                stage.barrierAt(any);
            }
            stage.forMs(stage.some(0, 20));
        }
        stage.untilCommitted(stage.all());
        stage.until("barriers pass", () -> stage.met("barriers passed") > 0);
    }

    private static void twoLeadersDieEarly(Stage stage) {
        stage.begin();
        stage.write(stage.some(0, 3));
        long first = stage.leader();
        stage.crash(first);
        for (int i = 0; i < 2; i++) {
            long early = dyingEarly(stage);
            // Those who go on are the dead one and the one that was not part of it.
            long witness = stage.oneOf(stage.allBut(early));
            stage.crash(witness);
            stage.start(stage.allBut(witness));
        }
        stage.leader();
    }

    /** The next server that is about to lead dies at one of its effects, at the latest when it could propose. */
    private static long dyingEarly(Stage stage) {
        long[] dead = {-1};
        int[] left = {stage.some(0, 16)};
        stage.at(
                (id, what) -> {
                    RoleView role = stage.server(id).announced();
                    boolean now = stage.server(id).isUp() && role.isLeading() && (role.active() || left[0]-- == 0);
                    dead[0] = now ? id : -1;
                    return now;
                },
                (id, what) -> stage.crash(id));
        stage.until("a leader has died early", () -> dead[0] != -1);
        return dead[0];
    }

    private static void deathAtAnyEffect(Stage stage) {
        stage.begin();
        stage.write(2);
        for (int i = 0; i < 4; i++) {
            long victim = stage.oneOf(stage.all());
            boolean[] dead = {false};
            stage.atNth(stage.some(0, 40), (id, what) -> id == victim && what instanceof Effect, (id, what) -> {
                stage.crash(victim);
                dead[0] = true;
            });
            stage.crash(stage.leader());
            stage.start(stage.all());
            stage.write(1);
            stage.until("server " + victim + " has died", () -> dead[0]);
            stage.forMs(stage.some(0, 100));
            stage.start(stage.all());
        }
    }

    private static void epochsRunOut(Stage stage) {
        stage.begin();
        int before = stage.server(stage.leader()).view().role().epoch();
        for (int i = 0; i < 5; i++) {
            stage.write(stage.some(1, 4));
            stage.untilCommitted(stage.all());
        }
        for (int i = 0; i < 10; i++) {
            stage.write(1);
            stage.forMs(stage.some(0, 200));
        }
        stage.until(
                "a later epoch has begun",
                () -> stage.server(stage.leader()).view().role().epoch() != before);
        promisedAway(stage);
    }

    /** One server promises an epoch of a leader that dies; the others, who know nothing of it, take another. */
    private static void promisedAway(Stage stage) {
        long leader = stage.leader();
        long[] promised = {-1};
        stage.at((id, what) -> Moments.sends(what, Message.AckEpoch.class), (id, what) -> {
            promised[0] = id;
            stage.crash(stage.all());
        });
        stage.crash(leader);
        stage.until("somebody has promised", () -> promised[0] != -1);
        List<Long> others = stage.allBut(promised[0]);
        stage.start(others);
        stage.leaderAmong(others);
        stage.start(promised[0]);
        stage.untilActive(promised[0]);
    }

    private static void rolesFlipWhileDisksWork(Stage stage) {
        stage.begin();
        for (int i = 0; i < 4; i++) {
            long leader = stage.leader();
            stage.writeAt(leader, stage.some(1, 5));
            stage.isolate(leader);
            stage.writeAt(leader, stage.some(1, 5));
            long next = stage.leaderAmong(stage.allBut(leader));
            stage.writeAt(next, stage.some(1, 3));
            // The old leader is told to cut, and loses its new leader before or after it has.
            stage.mend();
            stage.forMs(stage.some(0, 150));
            stage.isolate(next);
            stage.writeAt(next, stage.some(1, 3));
            stage.leaderAmong(stage.allBut(next));
            stage.mend();
        }
    }

    private static void deadLeadersAreNotFollowed(Stage stage) {
        stage.begin();
        for (int i = 0; i < 2; i++) {
            long dead = stage.leader();
            List<Long> others = stage.all().stream()
                    .filter(id -> id != dead && stage.server(id).isUp())
                    .toList();
            long late = stage.oneOf(others);
            stage.crash(late);
            stage.crash(dead);
            stage.start(late);
            stage.within(5, "one of " + others + " leads", () -> others.contains(stage.leaderOrNobody()));
        }
    }

    private static void barrierThroughTheOldLeader(Stage stage) {
        stage.begin();
        stage.write(2);
        stage.untilCommitted(stage.all());
        long old = stage.leader();
        List<Long> others = stage.allBut(old);
        if (stage.perhaps()) {
            stage.freeze(old, 3000);
        } else {
            stage.isolate(old);
        }
        stage.forMs(stage.some(0, 400));
        long next = stage.leaderAmong(others);
        stage.write(2);
        stage.untilCommitted(others);
        stage.mend();
        for (int i = 0; i < 20; i++) {
            stage.barrierAt(old);
            stage.barrierAt(stage.oneOf(others));
            stage.forMs(stage.some(1, 200));
        }
        stage.untilActive(next);
    }

    /**
     * Raft's "figure 8", in words of zab.md: counted by copies alone, the record would be committed, and then be cut off by a rival
     * whose history is more recent because of its marker.
     */
    private static void oldRecordOnAQuorum(Stage stage) {
        stage.begin();
        long one = stage.leader();
        long two = stage.allBut(one).getLast();
        long three = stage.allBut(one).getFirst();
        stage.untilCommitted(stage.all());

        stage.isolate(one);
        stage.writeAt(one, 1);
        long record = stage.server(one).view().lastZxid();
        stage.untilDurable(one, record);
        stage.cut(two, three);
        stage.dieUnheard(one);
        rivalWithAMarkerOfItsOwn(stage, two, three);

        stage.mend();
        stage.isolate(two);
        stage.at(
                (id, what) -> id == three && Moments.bringsRecord(what, record),
                (id, what) -> stage.cutOneWay(one, three));
        stage.start(one);
        stage.untilDurable(three, record);
        stage.forMs(stage.some(50, 200));

        stage.crash(one);
        stage.mend();
        stage.start(two);
        long next = stage.leaderAmong(List.of(two, three));
        stage.writeAt(next, 1);
        stage.untilCommitted(List.of(two, three));
    }

    /**
     * {@code rival} leads with the help of {@code voter}, from whom it was cut off, and who never sees its marker; then it is gone. Of two with equal histories the one
     * with the higher id is elected: that has to be the rival.
     */
    static void rivalWithAMarkerOfItsOwn(Stage stage, long rival, long voter) {
        long[] marker = {Zxid.NONE};
        stage.at((id, what) -> id == rival && Moments.isMarker(what), (id, what) -> {
            stage.cutOneWay(rival, voter);
            marker[0] = stage.server(rival).view().lastZxid();
        });
        stage.mend(rival, voter);
        stage.until("server " + rival + " has begun an epoch", () -> marker[0] != Zxid.NONE);
        stage.untilDurable(rival, marker[0]);
        stage.dieUnheard(rival);
    }
}
