package io.pando.zab.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.zab.message.Message.SyncMode;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Zxid;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** How a learner's history is made a prefix of its leader's: zab.md section 4.2. */
class SyncPlanProperties {

    /** Of one epoch: it begins where the history of its leader ended, and goes on for so many records after its marker. */
    record Epoch(int heir, int kept, int records) {}

    /**
     * Histories as leaders make them: each leader of an epoch begins with a part of somebody's history and appends to it. Two such share
     * exactly what their tables say.
     */
    @Property
    void the_stream_begins_exactly_where_the_histories_part(@ForAll("epochs") List<Epoch> epochs) {
        List<List<Long>> histories = histories(epochs);
        for (List<Long> leader : histories) {
            for (List<Long> learner : histories) {
                int common = 0;
                while (common < Math.min(leader.size(), learner.size())
                        && leader.get(common).equals(learner.get(common))) {
                    common++;
                }

                SyncPlan plan = SyncPlan.between(factsOf(leader), factsOf(learner));

                assertEquals(common == 0 ? Zxid.NONE : learner.get(common - 1), plan.base());
                assertEquals(common == learner.size() ? SyncMode.DIFF : SyncMode.TRUNC, plan.mode());
            }
        }
    }

    private static List<List<Long>> histories(List<Epoch> epochs) {
        List<List<Long>> histories = new ArrayList<>(List.of(List.of()));
        int number = 0;
        for (Epoch epoch : epochs) {
            number++;
            List<Long> before = histories.get(epoch.heir() % histories.size());
            List<Long> history = new ArrayList<>(before.subList(0, epoch.kept() % (before.size() + 1)));
            for (int counter = 0; counter <= epoch.records(); counter++) {
                history.add(Zxid.of(number, counter));
            }
            histories.add(history);
        }
        return histories;
    }

    private static SyncPlan.Facts factsOf(List<Long> history) {
        EpochTable epochs = EpochTable.EMPTY;
        long last = Zxid.NONE;
        for (long zxid : history) {
            epochs = epochs.following(last, zxid);
            last = zxid;
        }
        return new SyncPlan.Facts(epochs, last, Zxid.NONE);
    }

    @Provide
    Arbitrary<List<Epoch>> epochs() {
        Arbitrary<Integer> some = Arbitraries.integers().between(0, 1000);
        return Combinators.combine(some, some, Arbitraries.integers().between(0, 4))
                .as(Epoch::new)
                .list()
                .ofMaxSize(12);
    }

    @Example
    void without_a_common_epoch_within_memory_it_takes_a_snapshot_that_reaches_what_the_learner_has_committed() {
        List<Long> leader = new ArrayList<>();
        for (int epoch = 2; epoch < 200; epoch++) {
            leader.add(Zxid.of(epoch, 0));
        }
        long learner = Zxid.of(1, 9);

        SyncPlan plan = SyncPlan.between(factsOf(leader), new SyncPlan.Facts(EpochTable.EMPTY, learner, learner));

        assertEquals(new SyncPlan(SyncMode.SNAP, learner), plan);
    }

    @Example
    void instead_of_a_stream_that_would_begin_too_early_a_snapshot_is_never_older_than_what_was_common_or_committed() {
        SyncPlan plan = new SyncPlan(SyncMode.DIFF, Zxid.of(3, 5));

        assertEquals(new SyncPlan(SyncMode.SNAP, Zxid.of(3, 5)), plan.bySnapshot(Zxid.of(3, 4)));
        assertEquals(new SyncPlan(SyncMode.SNAP, Zxid.of(3, 6)), plan.bySnapshot(Zxid.of(3, 6)));
    }
}
