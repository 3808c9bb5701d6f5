package io.pando.zab.sim;

import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Looks for a seed on all processors, in order: of the many that may be tried, the first few are usually enough. */
final class Search {
    private final PrimitiveIterator.OfLong seeds;
    private final LongPredicate wanted;
    private final AtomicBoolean found = new AtomicBoolean();

    private Search(LongStream seeds, LongPredicate wanted) {
        this.seeds = seeds.iterator();
        this.wanted = wanted;
    }

    /** Whether one of the seeds is wanted. */
    static boolean finds(LongStream seeds, LongPredicate wanted) {
        Search search = new Search(seeds, wanted);
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(processor -> search.goOn());
        return search.found.get();
    }

    private void goOn() {
        while (!found.get()) {
            long seed;
            synchronized (seeds) {
                if (!seeds.hasNext()) {
                    return;
                }
                seed = seeds.nextLong();
            }
            if (wanted.test(seed)) {
                found.set(true);
            }
        }
    }
}
