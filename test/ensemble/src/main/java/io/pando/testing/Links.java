package io.pando.testing;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Who hears whom: servers by their ids, and all clients as one. Asked by every relay, changed by the test; its lock is where they
 * meet.
 */
final class Links {
    /** Stands for all clients; servers are numbered from 1. */
    static final int CLIENTS = 0;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Way> cut = new HashSet<>();
    private final Set<Integer> frozen = new HashSet<>();

    private record Way(int from, int to) {}

    /** Nothing that {@code from} says from now on reaches {@code to}. */
    void cut(int from, int to) {
        change(() -> cut.add(new Way(from, to)));
    }

    /** Nothing is cut any more. */
    void heal() {
        change(cut::clear);
    }

    /** Nobody hears this server, and it hears nobody, until it thaws. */
    void freeze(int server) {
        change(() -> frozen.add(server));
    }

    void thaw(int server) {
        change(() -> frozen.remove(server));
    }

    /** Has everybody who waits look again whether it is over. */
    void wake() {
        change(() -> {});
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether each hears the other, as far as cuts go. */
    boolean areLinked(int one, int other) {
        lock.lock();
        try {
            return !cut.contains(new Way(one, other)) && !cut.contains(new Way(other, one));
        } finally {
            lock.unlock();
        }
    }

    /** Returns when something passes from the one to the other, or it is {@code over}; that is looked at after every change. */
    void awaitPassage(int from, int to, BooleanSupplier over) {
        lock.lock();
        try {
            while (!over.getAsBoolean() && !passes(from, to)) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean passes(int from, int to) {
        return !cut.contains(new Way(from, to)) && !frozen.contains(from) && !frozen.contains(to);
    }
}
