package io.pando.session;

import io.pando.session.wire.MarshallingException;

/** The kinds of watch that {@code removeWatches} and {@code checkWatches} speak of: one-shot ones of a table, persistent ones, or all. */
public enum WatcherType {
    CHILDREN(1),
    DATA(2),
    ANY(3),
    PERSISTENT(4),
    PERSISTENT_RECURSIVE(5);

    private final int number;

    WatcherType(int number) {
        this.number = number;
    }

    static WatcherType of(int number) throws MarshallingException {
        for (WatcherType candidate : values()) {
            if (candidate.number == number) {
                return candidate;
            }
        }
        throw new MarshallingException("There is no type of watcher " + number);
    }

    public int number() {
        return number;
    }
}
