package io.pando.zab.sim;

import java.util.List;

/** Changes of the members, and what may befall those who take part (zab.md section 8). */
final class MembershipScripts {
    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "S19",
                    "Other servers are to vote; the leader, the old ones or the new ones die at any point of that.",
                    Setting.servers(3).andObservers(2),
                    MembershipScripts::changeUnderFaults),
            new Scenario(
                    "S19-new",
                    "All voters are replaced; once that is reported as done the old ones are switched off and the new"
                            + " ones restart.",
                    Setting.servers(3).andObservers(3),
                    MembershipScripts::allNew),
            new Scenario(
                    "S19-split",
                    "While a change is under way, the old quorum and the new one are cut off from each other.",
                    Setting.servers(3).andObservers(3).onSteadyLinks(),
                    MembershipScripts::oldAndNewApart),
            new Scenario(
                    "S19-t",
                    "A change inherited from an older epoch is on a quorum of the old voters, the marker is not; a"
                            + " rival has a later one.",
                    Setting.servers(3).andObservers(2).onSteadyLinks(),
                    MembershipScripts::inheritedChange));

    private MembershipScripts() {}

    private static void changeUnderFaults(Stage stage) {
        stage.begin();
        for (int i = 0; i < 3; i++) {
            long leader = stage.leader();
            List<Long> voters = oneOfThese(stage);
            List<Long> struck = stage.perhaps() ? List.of(leader) : stage.perhaps() ? voters : stage.allBut(leader);
            int most = stage.some(1, struck.size());
            stage.atNth(stage.some(0, 60), (id, what) -> true, (id, what) -> {
                stage.crash(struck.subList(0, most));
            });
            stage.askForVoters(leader, voters);
            stage.writeAt(leader, stage.some(0, 3));
            stage.forMs(stage.some(0, 1500));
            stage.start(stage.all());
            stage.write(1);
            stage.untilAllFollowRestarted(); // the strike may come as late as this
        }
    }

    private static List<Long> oneOfThese(Stage stage) {
        return switch (stage.some(0, 3)) {
            case 0 -> List.of(3L, 4L, 5L);
            case 1 -> stage.all();
            case 2 -> List.of(1L, 2L, 3L);
            default -> stage.allBut(stage.leader());
        };
    }

    private static void allNew(Stage stage) {
        stage.begin();
        stage.write(stage.some(0, 3));
        List<Long> next = List.of(4L, 5L, 6L);
        stage.untilVote(next);
        stage.retire(1, 2, 3);
        stage.crash(next);
        stage.forMs(stage.some(0, 100));
        stage.start(next);
        stage.writeAt(stage.leaderAmong(next), 2);
        stage.untilCommitted(next);
    }

    private static void oldAndNewApart(Stage stage) {
        stage.begin();
        long leader = stage.leader();
        List<Long> next = List.of(4L, 5L, 6L);
        List<Long> otherOld = stage.allBut(4, 5, 6, leader);
        int variant = stage.some(0, 2);
        if (variant == 0) {
            // A quorum of the old ones knows nothing of it, and those who shall vote are left without the leader.
            stage.part(otherOld);
            stage.askForVoters(leader, next);
            stage.until(
                    "those who shall vote know it",
                    () -> next.stream().allMatch(id -> stage.server(id).view().pending() != null));
            stage.crash(leader);
        } else {
            stage.askForVoters(leader, next);
            stage.forMs(stage.some(0, 60));
            stage.part(variant == 1 ? otherOld : next);
        }
        for (int i = 0; i < 10; i++) {
            stage.all().forEach(id -> stage.writeAt(id, 1));
            stage.forMs(200);
        }
    }

    /** Shows why both quorums must hold the marker of the epoch that commits an inherited change: the rule of "t". */
    private static void inheritedChange(Stage stage) {
        stage.begin();
        stage.untilLeads(1);
        stage.untilAllFollow();
        stage.untilCommitted(stage.all());
        List<Long> next = List.of(2L, 4L, 5L);
        stage.isolate(1);
        stage.askForVoters(1, next);
        stage.until("the change is in the history", () -> stage.server(1).view().pending() != null);
        long change = stage.server(1).view().lastZxid();
        stage.untilDurable(1, change);
        stage.part(List.of(4L, 5L));
        stage.cut(2, 3);
        stage.dieUnheard(1);

        LeaderScripts.rivalWithAMarkerOfItsOwn(stage, 3, 2);

        stage.mend();
        stage.at((id, what) -> id == 2 && Moments.bringsRecord(what, change), (id, what) -> stage.cutOneWay(1, 2));
        stage.start(1);
        stage.untilDurable(2, change);
        stage.until(
                "the new ones have more than the change",
                () -> List.of(4L, 5L).stream()
                        .allMatch(id -> stage.server(id).disk().lastZxid() != change
                                && stage.server(id).disk().holds(change)));
        stage.forMs(stage.some(50, 200));

        stage.mend();
        stage.part(List.of(2L, 3L));
        stage.start(3);
        stage.writeAt(stage.leaderAmong(List.of(2L, 3L)), 1);
        stage.untilCommitted(List.of(2L, 3L));
    }
}
