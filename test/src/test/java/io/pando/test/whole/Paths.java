package io.pando.test.whole;

import java.util.TreeSet;

/** On which ways nothing arrives, in one direction each. Servers have their ids, clients negative numbers. */
final class Paths {
    private final TreeSet<Long> cut = new TreeSet<>();

    private static long path(long from, long to) {
        return from * 1_000_000 + to;
    }

    void cut(long from, long to) {
        cut.add(path(from, to));
    }

    void cutBoth(long one, long other) {
        cut(one, other);
        cut(other, one);
    }

    void healBoth(long one, long other) {
        cut.remove(path(one, other));
        cut.remove(path(other, one));
    }

    void healAll() {
        cut.clear();
    }

    boolean isOpen(long from, long to) {
        return !cut.contains(path(from, to));
    }
}
