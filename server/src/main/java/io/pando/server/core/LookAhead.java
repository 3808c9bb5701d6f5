package io.pando.server.core;

import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.WriteRequest;
import java.util.Collection;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks along a queue of what is to be decided or carried out, a number of writes at a time. Core thread. */
final class LookAhead<T> {
    private final BiPredicate<Foresight, ? super T> foresee;
    private final Foresight foresight = new Foresight();
    private int foreseen; // so many of the next writes, unless some have left the queue meanwhile

    /** @param foresee has something in the queue foreseen, if it is a write, and answers whether it is one */
    private LookAhead(BiPredicate<Foresight, ? super T> foresee) {
        this.foresee = foresee;
    }

    /** @param writeOf the write that something in the queue is, or null if it is none */
    static <T> LookAhead<T> ofRequests(Function<? super T, @Nullable WriteRequest> writeOf) {
        return new LookAhead<>((foresight, waiting) -> {
            WriteRequest write = writeOf.apply(waiting);
            if (write != null) {
                foresight.of(write);
            }
            return write != null;
        });
    }

    static <T> LookAhead<T> ofTxns(Function<? super T, Txn> txnOf) {
        return new LookAhead<>((foresight, waiting) -> {
            foresight.of(txnOf.apply(waiting));
            return true;
        });
    }

    /** The turn of the first of {@code queue}, a write, has come on {@code tree}, and then, it may be expected, that of those behind it. */
    void next(Collection<? extends T> queue, Tree tree) {
        if (foreseen == 0) {
            foresee(queue);
            foresight.comesTrue(tree);
        }
        foreseen--;
    }

    private void foresee(Collection<? extends T> queue) {
        for (T waiting : queue) {
            if (foresee.test(foresight, waiting)) {
                foreseen++;
            }
            if (foresight.isFarEnough()) {
                return;
            }
        }
    }
}
