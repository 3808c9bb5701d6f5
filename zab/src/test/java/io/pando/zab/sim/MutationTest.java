package io.pando.zab.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each rule that safety or progress rests on, taken out: the simulator notices within the stated number of seeds. A mutation that
 * survives means that the simulator is too weak (design: simulation.md section 7).
 */
class MutationTest {
    private static final String CORE = "main/java/io/pando/zab/core/";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
        an ack on receipt                  | Following.java | node.history.durable() : Zxid.NONE             | node.history.last() : Zxid.NONE | 50
        an equal epoch of another leader   | Following.java | (order == 0 && promise.acceptedLeader() != leader) | false                       | 1000
        nobody is ever ahead               | Leading.java   | phase == Phase.DISCOVERY && Zxid.isAfter(ack.zxid(), node.history.last()) | phase == null | 3000
        reports of a cut-off generation    | History.java   | reportedGeneration != generation ||            | zxid == 1 ||                    | 3000
        no new epoch for who promised away | Leading.java   | EpochChoice.isPromisedAway(node, epoch, join)) { | join.zxid() == -1) {            | 500
        more committed than was sent       | Stream.java    | Zxid.isAfter(node.commitZxid(), sent) ? sent : node.commitZxid() | node.commitZxid() | 100
        a barrier without a quorum         | Barriers.java  | if (!voters.isQuorum(confirmed)) {             | if (voters == null) {           | 1000
        delivered when appended            | Following.java | node.commit(leaderCommit);                     | node.commit(records.lastZxid()); | 50
        promises of the epoch before count | Leading.java   | promised.clear();                              | discoveryEnds = 0;              | 1000
        """)
    void a_rule_that_is_missing_is_missed(String rule, String file, String text, String instead, int seeds)
            throws Exception {
        Mutant mutant = Mutant.of(CORE + file, text, instead);

        boolean found = LongStream.rangeClosed(1, seeds).parallel().anyMatch(seed -> fails(mutant, seed));

        assertTrue(found, () -> "Not found in " + seeds + " seeds: " + rule);
    }

    private static boolean fails(Mutant mutant, long seed) {
        try {
            return !mutant.failureOf(seed).isEmpty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
