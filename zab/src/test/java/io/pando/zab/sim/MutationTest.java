package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each rule that safety or progress rests on, taken out: the simulator notices within the stated number of seeds. A mutation that
 * survives means that the simulator is too weak (design: simulation.md section 7).
 */
class MutationTest {
    private static final String ZAB = "main/java/io/pando/zab/";
    private static final String AT_RANDOM = "random";

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
        an ack on receipt                  | core/Following.java | node.history.durable() : Zxid.NONE             | node.history.last() : Zxid.NONE | random | 50
        no new epoch for who promised away | core/Discovery.java | EpochChoice.isPromisedAway(node, epoch, learner.join)) { | learner.join.zxid() == -1) { | S4     | 40
        more committed than was sent       | core/Stream.java    | Zxid.isAfter(node.commitZxid(), sent) ? sent : node.commitZxid() | node.commitZxid() | random | 100
        a barrier below what is proposed   | core/Barriers.java  | long zxid = node.history.last();               | long zxid = node.commitZxid();  | random | 200
        a barrier before what was requested | core/Barriers.java | while (waiting.size() > early && isConfirmed(   | while (!waiting.isEmpty() && isConfirmed( | S20-alone | 20
        delivered when appended            | core/Following.java | node.commit(leaderCommit);                     | node.commit(records.lastZxid()); | random | 50
        promises of the epoch before count | core/Discovery.java | promised.clear();                              | ends = 0;                       | random | 1000
        a promise that is not durable      | core/Following.java | node.promise(epoch, leader, proposed.clusterId()); | node.promiseDurable(node.promise(epoch, leader, proposed.clusterId())); onPromiseDurable(); | random | 50
        an epoch that is not durable       | core/Discovery.java | node.promise(epoch, node.self(), EpochChoice.clusterId(node)); | node.promiseDurable(node.promise(epoch, node.self(), EpochChoice.clusterId(node))); onPromiseDurable(); | S1 | 200
        the marker is not in the history   | core/Marker.java    | node.append(Records.of(node.history.last(), zxid, RecordType.MARKER, payload)); | zxid = node.history.last(); | S1 | 10
        one record too many is cut         | core/SyncPlan.java  | new SyncPlan(SyncMode.TRUNC, point)            | new SyncPlan(SyncMode.TRUNC, point - 1) | S2 | 50
        the shorter history is a prefix    | core/SyncPlan.java  | long point = common.getAsLong();               | long point = Zxid.isAfter(learner.last(), leader.last()) ? leader.last() : learner.last(); | S2 | 50
        old records commit by themselves   | core/CommitRule.java | Zxid.isAfter(marker, reached) ? Zxid.NONE : reached | reached                    | R6     | 20
        an inherited change by copies      | core/CommitRule.java | Zxid.max(version, marker)                     | version                         | S19-t  | 20
        a change without its proof         | core/Reconfiguration.java | return activation == Zxid.NONE ? activate() : NOTHING; | activation = node.voters.committed().version(); | S19-new | 50
        the old quorum is enough           | core/Voters.java    | && (pending == null || isQuorumOf(pending, among)) | && among != null            | S19-split | 200
        the new quorum is enough           | core/Voters.java    | return isQuorumOf(committed, among) &&         | return (pending != null || isQuorumOf(committed, among)) && | S19-split | 200
        nobody is told of a new epoch      | core/Following.java | toldEpoch != epoch && readyZxid                | !active && readyZxid            | S4     | 20
        an epoch never ends                | core/Leading.java   | boolean usedUp =                               | boolean usedUp = epoch() == 0 && | S4     | 20
        the cursor is set twice            | core/Stream.java    | learner.upToDate = true;                       | learner.upToDate = true; learner.cursor = learner.target; | S11 | 50
        proposals only to who is up to date | core/Stream.java   | learner.upToDate = true;                       | learner.upToDate = true; learner.cursor = node.history.last(); | S11 | 50
        records after a gap                | core/Following.java | phase != Phase.STREAMING || records.prevZxid() != node.history.last() | phase != Phase.STREAMING | S18 | 20
        nobody is ever ahead               | core/Discovery.java | return !settled && Zxid.isAfter(zxid, node.history.last()); | return false; | S8     | 50
        what was lost is not reported      | core/NodeState.java | return Zxid.max(history.last(), promise.floorZxid()); | return history.last();   | S8     | 50
        what was lost is forgotten early   | core/Following.java | onSync(sync);                                  | node.nothingIsMissing(); onSync(sync); | S8-sync | 10
        whoever lost something leads       | core/NodeState.java | return Zxid.isAfter(promise.floorZxid(), history.last()); | return false;        | S8     | 50
        an old ack is an installed snapshot | core/Stream.java   | Zxid.max(learner.cursor + 1,                   | Zxid.max(learner.cursor,        | S13    | 100
        an old heartbeat is a violation    | core/Following.java | Zxid.isAfter(installedZxid, records.prevZxid()) | false                          | S13    | 100
        a newcomer must not lead           | core/Looking.java   | || !node.isVoter();                            | && election != null;            | S19-split | 200
        a leader by hearsay                | core/Looking.java   | case FOLLOWING -> askForItsClaim(notification.leader()); | case FOLLOWING -> changes.follow(notification.leader(), ""); | S17-dead | 200
        votes of earlier rounds count      | election/Election.java | if (itsRound < round) {                     | if (itsRound < 0) {             | S17    | 20
        a leader with a full disk stays    | core/Succession.java | if (!node.isWritable()) {                      | if (node.isHalted()) {          | S14-leader | 5
        a leader leaves whoever has no room | core/Succession.java | if (haveOthersRoom()) {                       | if (!haveOthersRoom() || !node.isHalted()) { | S14-most | 20
        writes that no quorum has room for | core/Leading.java   | haveQuorum(learner -> learner.writable)        | haveQuorum(learner -> !node.isHalted()) | S14-most | 20
        nobody says that its disk is full  | core/Following.java | new Message.Ack(epoch, zxid, probe, node.isWritable()) | new Message.Ack(epoch, zxid, probe, true) | S14-most | 20
        waiting though all agree           | election/Election.java | return unanimous ||                         | return unanimous == (round < 0) || | S17 | 20
        """)
    void a_rule_that_is_missing_is_missed(
            String rule, String file, String text, String instead, String scenario, int seeds) throws Exception {
        requireFound(rule, file, text, instead, scenario, seeds);
    }

    /** Some seeds in a thousand need it: too long for every build. */
    @Tag("faults")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
        an equal epoch of another leader   | core/Following.java | (order == 0 && promise.acceptedLeader() != leader) | false                       | random | 1000
        reports of a cut-off generation    | core/History.java   | reportedGeneration != generation ||            | zxid == 1 ||                    | random | 3000
        a barrier without a quorum         | core/Barriers.java  | return voters.isQuorum(confirmed);             | return voters != null;          | random | 1000
        """)
    void a_rule_that_is_seldom_needed_is_missed_as_well(
            String rule, String file, String text, String instead, String scenario, int seeds) throws Exception {
        requireFound(rule, file, text, instead, scenario, seeds);
    }

    private static void requireFound(String rule, String file, String text, String instead, String scenario, int seeds)
            throws Exception {
        Mutant mutant = Mutant.of(ZAB + file, text, instead);
        String script = scenario.equals(AT_RANDOM) ? "" : scenario;

        boolean found = Search.finds(LongStream.rangeClosed(1, seeds), seed -> fails(mutant, script, seed));

        assertTrue(found, () -> "Not found in " + seeds + " seeds of " + scenario + ": " + rule);
    }

    private static boolean fails(Mutant mutant, String scenario, long seed) {
        try {
            return !mutant.failureOf(scenario, seed).isEmpty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
