package io.pando.zab.sim;

import io.pando.zab.core.Effect;
import io.pando.zab.message.Message;
import io.pando.zab.message.Message.SyncMode;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.RecordType;
import io.pando.zab.model.Records;
import java.nio.ByteBuffer;
import java.util.List;

/** Servers whose history is not that of their leader, and who are made equal to it while something else goes wrong. */
final class SyncScripts {
    private static final int LITTLE_MEMORY = 150;

    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "S2",
                    "A leader writes alone and dies; others go on for some epochs; it returns and is cut to what was"
                            + " agreed.",
                    Setting.servers(3),
                    SyncScripts::recordsOfItsOwn),
            new Scenario(
                    "S2-disk",
                    "The same, when the others have to read what it lacks from their disks, or have only snapshots of"
                            + " it.",
                    Setting.servers(3).remembering(LITTLE_MEMORY),
                    SyncScripts::recordsOfItsOwn),
            new Scenario(
                    "S9",
                    "A link dies at any single message, again and again, under load.",
                    Setting.servers(3),
                    SyncScripts::linkDiesAtAnyMessage),
            new Scenario(
                    "S10",
                    "A server catches up by many records; it and its leader die at any point of that; the former"
                            + " leader is gone.",
                    Setting.servers(3),
                    SyncScripts::followersDieWhileCatchingUp),
            new Scenario(
                    "S11",
                    "Servers join while proposals are in flight and commits advance, cut off at any phase of it.",
                    Setting.servers(5).onSteadyLinks(),
                    SyncScripts::joinersUnderLoad),
            new Scenario(
                    "S12",
                    "A stale server synchronises, leads, and synchronises another stale one, which leads next.",
                    Setting.servers(5),
                    SyncScripts::chainOfStaleServers),
            new Scenario(
                    "S13",
                    "A server dies at any effect of installing a snapshot; then another leader offers it the"
                            + " difference.",
                    Setting.servers(3).remembering(LITTLE_MEMORY),
                    SyncScripts::snapshotInterrupted),
            new Scenario(
                    "S18",
                    "Somebody says in a server's name what no server would say: the link ends, and nothing else"
                            + " happens.",
                    Setting.servers(3).onSteadyLinks(),
                    SyncScripts::nonsenseIsRefused));

    private SyncScripts() {}

    private static void recordsOfItsOwn(Stage stage) {
        stage.begin();
        stage.write(stage.some(0, 5));
        stage.untilCommitted(stage.all());
        for (int i = stage.some(1, 3); i > 0; i--) {
            long old = stage.leader();
            List<Long> others = stage.allBut(old);
            stage.isolate(old);
            stage.writeAt(old, stage.some(1, 5));
            stage.untilAllIsDurable(old);
            stage.dieUnheard(old);
            stage.mend();
            goOnForSomeEpochs(stage, others);
            stage.start(old);
            if (stage.perhaps()) {
                stage.crash(stage.leader());
            } else {
                stage.untilActive(old);
            }
            stage.start(stage.all());
            stage.untilAllFollow();
        }
    }

    private static void goOnForSomeEpochs(Stage stage, List<Long> servers) {
        for (int epochs = stage.some(1, 3); epochs > 0; epochs--) {
            long leader = stage.leaderAmong(servers);
            stage.writeAt(leader, stage.some(0, 4));
            stage.untilCommitted(servers);
            servers.forEach(stage::snapshot);
            if (epochs > 1) {
                stage.crash(leader);
                stage.start(leader);
            }
        }
    }

    private static void linkDiesAtAnyMessage(Stage stage) {
        stage.begin();
        stage.load(5);
        for (int i = 0; i < 12; i++) {
            stage.atNth(
                    stage.some(0, 80),
                    (id, what) -> what instanceof Effect.Send,
                    (id, what) -> stage.reset(id, ((Effect.Send) what).link().serverId()));
            stage.forMs(stage.some(0, 300));
        }
    }

    private static void followersDieWhileCatchingUp(Stage stage) {
        stage.begin();
        long old = stage.leader();
        long late = stage.oneOf(stage.allBut(old));
        long middle = stage.allBut(old, late).getFirst();
        stage.isolate(late);
        stage.writeAt(old, stage.some(5, 30));
        stage.untilCommitted(List.of(old, middle));
        stage.crash(old);
        stage.mend();

        for (int i = 0; i < 2; i++) {
            boolean[] dead = {false};
            stage.atNth(stage.some(0, 50), (id, what) -> id == late, (id, what) -> {
                stage.crash(late);
                if (stage.perhaps()) {
                    stage.crash(middle);
                }
                dead[0] = true;
            });
            stage.until("the follower has died", () -> dead[0]);
            stage.start(late, middle);
        }
        stage.write(1);
        stage.untilCommitted(List.of(late, middle));
        stage.crash(middle);
        stage.start(old);
        stage.leaderAmong(List.of(old, late));
    }

    private static void joinersUnderLoad(Stage stage) {
        stage.begin();
        stage.load(2);
        for (int i = 0; i < 5; i++) {
            long leader = stage.leader();
            long joiner = stage.oneOf(stage.allBut(leader));
            if (stage.perhaps()) {
                stage.crash(joiner);
                stage.forMs(stage.some(0, 100));
                stage.start(joiner);
            } else {
                stage.reset(leader, joiner);
            }
            boolean[] cutOff = {false};
            stage.atNth(stage.some(0, 60), (id, what) -> id == joiner, (id, what) -> cutOff[0] = true);
            stage.until("the joiner is somewhere on its way", () -> cutOff[0]);
            if (stage.perhaps()) {
                stage.reset(leader, joiner);
            } else {
                stage.untilActive(joiner);
            }
        }
    }

    private static void chainOfStaleServers(Stage stage) {
        stage.begin();
        List<Long> others = stage.allBut(stage.leader());
        long stale = stage.oneOf(others);
        others.remove(stale);
        long staler = stage.oneOf(others);
        stage.isolate(staler);
        stage.write(stage.some(1, 5));
        stage.isolate(stale);
        stage.write(stage.some(1, 5));
        stage.untilCommitted(stage.allBut(stale, staler));

        // The first chain: whoever was stale is synchronised, and leads.
        stage.mend();
        stage.isolate(staler);
        stage.untilActive(stale);
        stage.untilLeads(stale);
        stage.write(stage.some(1, 5));
        stage.mend();
        stage.untilActive(staler);
        stage.untilLeads(staler);
        stage.write(stage.some(1, 5));
    }

    private static void snapshotInterrupted(Stage stage) {
        stage.begin();
        for (int i = 0; i < 2; i++) {
            long leader = stage.leader();
            long late = stage.oneOf(stage.allBut(leader));
            List<Long> others = stage.allBut(late);
            stage.crash(late);
            for (int k = 0; k < 3; k++) {
                stage.write(stage.some(2, 6));
                stage.untilCommitted(others);
                others.forEach(stage::snapshot);
                stage.forMs(150);
            }
            boolean[] dead = {false};
            stage.at(
                    (id, what) -> (id == late && Moments.isSentToSnapshot(what))
                            || stage.server(late).isActive(),
                    (at, then) -> stage.atNth(stage.some(0, 12), (id, what) -> id == late, (id, what) -> {
                        stage.crash(late);
                        dead[0] = true;
                    }));
            stage.start(late);
            stage.until("the server has died on its way", () -> dead[0]);
            if (stage.perhaps()) {
                stage.resign(stage.leaderAmong(others), -1);
            }
            stage.start(late);
            stage.write(stage.some(0, 3));
            stage.untilAllFollow();
        }
    }

    private static void nonsenseIsRefused(Stage stage) {
        stage.begin();
        for (int i = 0; i < 4; i++) {
            stage.write(stage.some(1, 4));
            stage.untilCommitted(stage.all());
            stage.untilAllFollow();
            long leader = stage.leader();
            long follower = stage.oneOf(stage.allBut(leader));
            int epoch = stage.server(leader).view().role().epoch();
            long last = stage.server(leader).view().lastZxid();
            switch (stage.some(0, 4)) {
                case 0 -> stage.inject(leader, follower, append(epoch, record(last + 1), 0));
                case 1 -> stage.inject(leader, follower, append(epoch, Records.none(last), last + 7));
                case 2 -> stage.inject(leader, follower, new Message.Sync(epoch, SyncMode.DIFF, last + 7));
                case 3 -> stage.inject(follower, leader, new Message.Ack(epoch, last + 7, 0, true));
                default ->
                    stage.inject(follower, leader, new Message.AckEpoch(epoch, last, last, EpochTable.EMPTY, last));
            }
            stage.until("it is noticed", () -> !stage.server(follower).isActive());
            stage.untilAllFollow();
        }
    }

    private static Message.Append append(int epoch, Records records, long commit) {
        return new Message.Append(epoch, records, commit, 0);
    }

    private static Records record(long after) {
        return Records.of(after, after + 1, RecordType.TXN, ByteBuffer.allocate(8));
    }
}
