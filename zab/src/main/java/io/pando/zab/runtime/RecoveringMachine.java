package io.pando.zab.runtime;

import io.pando.zab.log.RecoveryTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A state machine while it is brought up to what the disk remembers. Starting thread. */
record RecoveringMachine(StateMachine machine) implements RecoveryTarget {
    @Override
    public void install(InputStream snapshot, long zxid) throws IOException {
        StateMachine.Loaded loaded = machine.read(snapshot, zxid);
        // A state may end before its snapshot does, and damage be found only behind it. What is tried instead, an older
        // snapshot or the log from its beginning, needs a machine that has nothing of this state.
        snapshot.transferTo(OutputStream.nullOutputStream());
        loaded.install();
    }

    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        machine.deliver(zxid, payload);
    }
}
