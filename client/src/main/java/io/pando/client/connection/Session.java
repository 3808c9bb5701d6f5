package io.pando.client.connection;

import java.time.Duration;

/**
 * What a client holds with the ensemble, and what its ephemeral znodes belong to.
 *
 * @param id never 0
 * @param password with which any client may take the session over; to be kept as secret as any password
 * @param timeout as the server granted it: after so long without a sign of life the session ends
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by id, below.
public record Session(long id, byte[] password, Duration timeout) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Session session && session.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    /** As ZooKeeper's servers print it, and without the password. */
    @Override
    public String toString() {
        return "0x" + Long.toHexString(id);
    }
}
