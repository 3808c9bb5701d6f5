package io.pando.test.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call or a return, in a list by time from which both of an operation can be lifted, and put back in the reverse order.
 */
final class Entry<I, O> {
    final int number;
    final Operation<I, O> operation;
    /** Of a call; null for a return. */
    final @Nullable Entry<I, O> itsReturn;

    private @Nullable Entry<I, O> before;
    private @Nullable Entry<I, O> after;

    private Entry(int number, Operation<I, O> operation, @Nullable Entry<I, O> itsReturn) {
        this.number = number;
        this.operation = operation;
        this.itsReturn = itsReturn;
    }

    /** Links the calls and returns of all operations; the entry that comes back stands in front of the first. */
    static <I, O> Entry<I, O> listOf(List<Operation<I, O>> operations) {
        List<Entry<I, O>> entries = new ArrayList<>();
        for (Operation<I, O> operation : operations) {
            Entry<I, O> end = new Entry<>(entries.size() / 2, operation, null);
            entries.add(new Entry<>(entries.size() / 2, operation, end));
            entries.add(end);
        }
        // At the same time calls come first: the operations overlap.
        entries.sort(Comparator.<Entry<I, O>>comparingLong(Entry::nanos).thenComparing(entry -> !entry.isCall()));
        Entry<I, O> head = new Entry<>(-1, operations.getFirst(), null);
        Entry<I, O> last = head;
        for (Entry<I, O> entry : entries) {
            last.after = entry;
            entry.before = last;
            last = entry;
        }
        return head;
    }

    private long nanos() {
        return isCall() ? operation.calledNanos() : operation.returnedNanos();
    }

    boolean isCall() {
        return itsReturn != null;
    }

    @Nullable
    Entry<I, O> next() {
        return after;
    }

    /** Takes a call and its return out of the list. */
    void lift() {
        unlink();
        if (itsReturn != null) itsReturn.unlink();
    }

    /** Puts back what was lifted last. */
    void putBack() {
        if (itsReturn != null) itsReturn.link();
        link();
    }

    private void unlink() {
        if (before != null) before.after = after;
        if (after != null) after.before = before;
    }

    private void link() {
        if (before != null) before.after = this;
        if (after != null) after.before = this;
    }
}
