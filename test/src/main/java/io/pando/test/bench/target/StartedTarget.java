package io.pando.test.bench.target;

/** What was started here, by {@link Servers}, and ends here. */
public interface StartedTarget extends Target, AutoCloseable {
    /** Returns when all of it serves. */
    void awaitServing();

    /** Ends its processes, whatever they do, and removes their data. */
    @Override
    void close();
}
