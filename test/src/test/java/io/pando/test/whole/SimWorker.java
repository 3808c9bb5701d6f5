package io.pando.test.whole;

import io.pando.zab.runtime.Worker;
import java.util.ArrayDeque;
import java.util.Deque;

/** A thread that does one task after the other, each for as long as a disk takes. */
final class SimWorker implements Worker {
    private final SimHost host;
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    SimWorker(SimHost host) {
        this.host = host;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (tasks.size() == 1) {
            host.later(host.diskTime(), this::doNext);
        }
    }

    private void doNext() {
        tasks.element().run();
        tasks.remove();
        if (!tasks.isEmpty()) {
            host.later(host.diskTime(), this::doNext);
        }
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
