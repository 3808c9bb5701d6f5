package io.pando.test.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Two servers going through one sequence of steps together, up to the first step they answer differently. */
final class Run implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final Side first;
    private final Side second;
    private final List<Step> taken = new ArrayList<>();
    private String said = "";

    /** What one server said and the other did not, after these steps. */
    record Divergence(List<Step> steps, String first, String second) {
        String describe(String firstName, String secondName) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < steps.size(); i++)
                text.append(i + 1).append(". ").append(steps.get(i)).append('\n');
            return text + "to which " + firstName + " says\n" + first + "and " + secondName + "\n" + second;
        }
    }

    private Run(int firstPort, int secondPort) {
        first = new Side(firstPort, CONNECTIONS);
        second = new Side(secondPort, CONNECTIONS);
    }

    /** Draws and takes so many steps. */
    static Optional<Divergence> explore(int firstPort, int secondPort, long seed, int length) throws IOException {
        Steps drawn = new Steps(new Random(seed), CONNECTIONS);
        try (Run run = new Run(firstPort, secondPort)) {
            while (run.taken.size() < length) {
                Optional<Divergence> divergence = run.take(drawn.next(run.first));
                if (divergence.isPresent()) return divergence;
                drawn.learnFrom(run.said);
            }
            return Optional.empty();
        }
    }

    /** Takes given steps, except those that make no sense without others that were left out. */
    static Optional<Divergence> repeat(int firstPort, int secondPort, List<Step> steps) throws IOException {
        try (Run run = new Run(firstPort, secondPort)) {
            for (Step step : steps) {
                if (!run.first.canTake(step)) continue;
                Optional<Divergence> divergence = run.take(step);
                if (divergence.isPresent()) return divergence;
            }
            return Optional.empty();
        }
    }

    private Optional<Divergence> take(Step step) throws IOException {
        taken.add(step);
        first.begin(step);
        second.begin(step);
        said = first.finish(step, taken.size());
        String other = second.finish(step, taken.size());
        return said.equals(other) ? Optional.empty() : Optional.of(new Divergence(List.copyOf(taken), said, other));
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
