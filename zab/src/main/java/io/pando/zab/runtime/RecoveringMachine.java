package io.pando.zab.runtime;

import io.pando.zab.log.RecoveryTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A state machine while it is brought up to what the disk remembers. Starting thread. */
record RecoveringMachine(StateMachine machine) implements RecoveryTarget {
    @Override
    public void install(InputStream snapshot, long zxid) throws IOException {
        machine.read(snapshot, zxid).install();
    }

    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        machine.deliver(zxid, payload);
    }
}
