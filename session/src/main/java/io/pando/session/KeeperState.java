package io.pando.session;

import io.pando.session.wire.MarshallingException;

/** How a client stands to its ensemble. Events on the wire say {@code SYNC_CONNECTED}; the others are made by client libraries. */
public enum KeeperState {
    UNKNOWN(-1),
    DISCONNECTED(0),
    NO_SYNC_CONNECTED(1),
    SYNC_CONNECTED(3),
    AUTH_FAILED(4),
    CONNECTED_READ_ONLY(5),
    SASL_AUTHENTICATED(6),
    CLOSED(7),
    EXPIRED(-112);

    private final int number;

    KeeperState(int number) {
        this.number = number;
    }

    static KeeperState of(int number) throws MarshallingException {
        for (KeeperState candidate : values()) {
            if (candidate.number == number) {
                return candidate;
            }
        }
        throw new MarshallingException("There is no state of a session " + number);
    }

    public int number() {
        return number;
    }
}
