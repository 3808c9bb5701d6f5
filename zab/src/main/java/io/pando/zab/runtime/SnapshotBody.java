package io.pando.zab.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** A state of the state machine that does not change any more. */
public interface SnapshotBody {

    /** Writes what {@link StateMachine#read} reads. Runs on the snapshot thread. */
    void writeTo(OutputStream out) throws IOException;
}
