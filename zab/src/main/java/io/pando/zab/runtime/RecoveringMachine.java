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
        // A state may end before the snapshot does, and damage may be found only behind it: then an older one is
        // installed, or
        // the log is delivered from its beginning, to a machine that has nothing of this one.
        snapshot.transferTo(OutputStream.nullOutputStream());
        loaded.install();
    }

    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        machine.deliver(zxid, payload);
    }
}
