package io.pando.session;

import io.pando.session.wire.MarshallingException;

/** The kinds of watch that {@code addWatch} sets; both stay until they are removed. */
public enum AddWatchMode {
    PERSISTENT(0),
    PERSISTENT_RECURSIVE(1);

    private final int number;

    AddWatchMode(int number) {
        this.number = number;
    }

    static AddWatchMode of(int number) throws MarshallingException {
        for (AddWatchMode candidate : values()) {
            if (candidate.number == number) {
                return candidate;
            }
        }
        throw new MarshallingException("There is no mode of addWatch " + number);
    }

    public int number() {
        return number;
    }
}
