package io.pando.test.linearizability;

import io.pando.test.linearizability.Verdict.Linearizable;
import io.pando.test.linearizability.Verdict.NotLinearizable;
import io.pando.test.linearizability.Verdict.TimedOut;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The search for an order of the operations on one key. It goes through calls and returns by time: any call may be what happens
 * next, but nothing can go on past the return of an operation that has not happened yet; then the last choice was wrong.
 */
final class Search<S, I, O> {
    private static final int STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 1024;

    private final Model<S, I, O> model;
    private final String key;
    private final Entry<I, O> head;
    private final Set<Configuration<S>> seen = new HashSet<>();
    private final Deque<Choice<S, I, O>> chosen = new ArrayDeque<>();
    private final BitSet happened = new BitSet();
    private S state;
    private int knownLeft;
    private @Nullable NotLinearizable furthest;

    /** What has happened, in whatever order, and where it led: from here the search goes the same way each time. */
    private record Configuration<S>(BitSet happened, S state) {}

    /** An operation that is taken to have happened next, and the state before it. */
    private record Choice<S, I, O>(Entry<I, O> call, S before) {}

    Search(Model<S, I, O> model, String key, List<Operation<I, O>> operations) {
        this.model = model;
        this.key = key;
        this.head = Entry.listOf(operations);
        this.state = model.initial();
        this.knownLeft = (int) operations.stream().filter(Operation::isKnown).count();
    }

    /** Searches until {@code System.nanoTime()} reaches {@code deadline}. */
    Verdict run(long deadline) {
        Entry<I, O> entry = head.next();
        // Operations that nobody saw return may just as well not have happened.
        for (long steps = 1; knownLeft > 0; steps++) {
            if (steps % STEPS_BETWEEN_LOOKS_AT_THE_CLOCK == 0 && System.nanoTime() - deadline > 0) {
                return new TimedOut(key);
            }
            if (entry == null) throw new IllegalStateException("A return is missing on " + key);
            if (entry.isCall()) {
                entry = happensNext(entry) ? head.next() : entry.next();
            } else {
                remember();
                if (chosen.isEmpty()) return nothingLeft();
                entry = takeBack().next();
            }
        }
        return new Linearizable();
    }

    private boolean happensNext(Entry<I, O> call) {
        Operation<I, O> operation = call.operation;
        Optional<S> next = model.step(state, operation.input(), operation.output());
        if (next.isEmpty()) return false;
        happened.set(call.number);
        if (!seen.add(new Configuration<>((BitSet) happened.clone(), next.get()))) {
            happened.clear(call.number);
            return false;
        }
        chosen.push(new Choice<>(call, state));
        state = next.get();
        call.lift();
        if (operation.isKnown()) knownLeft--;
        return true;
    }

    private Entry<I, O> takeBack() {
        Choice<S, I, O> last = chosen.pop();
        state = last.before();
        happened.clear(last.call().number);
        last.call().putBack();
        if (last.call().operation.isKnown()) knownLeft++;
        return last.call();
    }

    /** Notes where the search is stuck, if it never got this far. */
    private void remember() {
        if (furthest != null && furthest.prefix().size() >= chosen.size()) return;
        List<Operation<I, O>> prefix = new ArrayList<>();
        chosen.descendingIterator().forEachRemaining(choice -> prefix.add(choice.call().operation));
        List<Operation<I, O>> stuck = new ArrayList<>();
        for (Entry<I, O> call = head.next(); call != null && call.isCall(); call = call.next()) {
            stuck.add(call.operation);
        }
        furthest = new NotLinearizable(key, prefix, String.valueOf(state), stuck);
    }

    private Verdict nothingLeft() {
        if (furthest == null) throw new IllegalStateException("Nothing was tried on " + key);
        return furthest;
    }
}
