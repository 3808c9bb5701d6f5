package io.pando.test.differential;

import io.pando.test.differential.Run.Divergence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a divergence readable: leaves out steps, in halves and then one by one, as long as one remains. */
final class Shrinking {
    /** Takes the steps from an emptied tree. */
    interface Rerun {
        Optional<Divergence> of(List<Step> steps) throws IOException;
    }

    private Shrinking() {}

    static Divergence shrink(Divergence found, Rerun rerun) throws IOException {
        Divergence smallest = found;
        for (int chunk = found.steps().size() / 2; chunk >= 1; chunk /= 2) {
            for (int from = smallest.steps().size() - chunk - 1; from >= 0; from -= chunk) {
                List<Step> fewer = new ArrayList<>(smallest.steps());
                fewer.subList(from, Math.min(from + chunk, fewer.size() - 1)).clear();
                smallest = rerun.of(fewer).orElse(smallest);
                from = Math.min(from, smallest.steps().size() - 1);
            }
        }
        return smallest;
    }
}
