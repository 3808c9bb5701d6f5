package io.pando.session;

import io.pando.session.wire.MarshallingException;

/** What happened to a znode that was watched. {@code NONE} and the last three are made by client libraries and never sent. */
public enum EventType {
    NONE(-1),
    NODE_CREATED(1),
    NODE_DELETED(2),
    NODE_DATA_CHANGED(3),
    NODE_CHILDREN_CHANGED(4),
    DATA_WATCH_REMOVED(5),
    CHILD_WATCH_REMOVED(6),
    PERSISTENT_WATCH_REMOVED(7);

    private final int number;

    EventType(int number) {
        this.number = number;
    }

    static EventType of(int number) throws MarshallingException {
        for (EventType candidate : values()) {
            if (candidate.number == number) {
                return candidate;
            }
        }
        throw new MarshallingException("There is no type of event " + number);
    }

    public int number() {
        return number;
    }
}
