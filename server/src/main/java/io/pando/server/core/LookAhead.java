package io.pando.server.core;

import io.pando.datatree.Tree;
import io.pando.session.WriteRequest;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks along a queue of what is to be decided, a number of writes at a time. Core thread. */
final class LookAhead<T> {
    private final Function<? super T, @Nullable WriteRequest> writeOf;
    private final Foresight foresight = new Foresight();
    private int foreseen; // so many of the next writes, unless some have left the queue meanwhile

    /** @param writeOf the write that something in the queue is, or null if it is none */
    LookAhead(Function<? super T, @Nullable WriteRequest> writeOf) {
        this.writeOf = writeOf;
    }

    /** The first of {@code queue}, a write, is about to be decided on {@code tree}, and then, it may be expected, those behind it. */
    void next(Collection<? extends T> queue, Tree tree) {
        if (foreseen == 0) {
            foresee(queue);
            foresight.comesTrue(tree);
        }
        foreseen--;
    }

    private void foresee(Collection<? extends T> queue) {
        for (T waiting : queue) {
            WriteRequest write = writeOf.apply(waiting);
            if (write != null) {
                foresight.of(write);
                foreseen++;
            }
            if (foresight.isFull()) {
                return;
            }
        }
    }
}
