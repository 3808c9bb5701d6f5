package io.pando.zab.runtime;

import io.pando.zab.core.RoleView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** What the servers agree to do to: the server module brings it. Called on the core thread only, except for {@link #read}. */
public interface StateMachine {

    /** A state that was read and is not in force yet. */
    @FunctionalInterface
    interface Loaded {
        /** Replaces the state. Core thread. */
        void install();
    }

    /**
     * Reads the state of a snapshot, without touching the one in force. Any thread.
     *
     * @param zxid of the last transaction in it
     */
    Loaded read(InputStream snapshot, long zxid) throws IOException;

    /** One committed transaction, in the order of zxids. The payload is read-only and valid only during this call. */
    void deliver(long zxid, ByteBuffer payload);

    /** An immutable view of the state after the last transaction delivered. Must be cheap. */
    SnapshotBody capture();

    /** This server has another part in the ensemble from now on. */
    default void roleChanged(RoleView role) {}

    /** This server leads, and the state machine of another member, or this one, has a request: {@link ZabNode#forward}. */
    default void requested(long fromServer, ByteBuffer payload) {}

    /** The state machine of the leader has an answer for this one: {@link ZabNode#reply}. */
    default void answered(ByteBuffer payload) {}

    /**
     * A {@link ZabNode#barrier} has passed: complete once everything up to {@code zxid} is delivered.
     *
     * @param ordinal unsigned; of two barriers in the whole ensemble, the one that passed later has the higher one. The upper half is the epoch, the lower at least 1
     */
    default void barrierPassed(long request, long zxid, long ordinal) {}

    /** A barrier has not passed, because there is no leader that could confirm it. */
    default void barrierFailed(long request) {}
}
