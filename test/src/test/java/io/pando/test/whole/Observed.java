package io.pando.test.whole;

import io.pando.zab.core.RoleView;
import io.pando.zab.runtime.SnapshotBody;
import io.pando.zab.runtime.StateMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A server's state machine, whose deliveries the oracle sees. */
final class Observed implements StateMachine {
    private final StateMachine machine;
    private final long serverId;
    private final World world;

    Observed(StateMachine machine, long serverId, World world) {
        this.machine = machine;
        this.serverId = serverId;
        this.world = world;
    }

    @Override
    public Loaded read(InputStream snapshot, long zxid) throws IOException {
        boolean bends = world.server(serverId).takeBend();
        Loaded loaded = machine.read(bends ? bent(snapshot) : snapshot, zxid);
        return () -> {
            world.oracle().installed(serverId, zxid);
            loaded.install();
        };
    }

    private InputStream bent(InputStream snapshot) throws IOException {
        world.trace("server " + serverId, "has its tree bent");
        world.oracle().treeWasBent();
        return Bending.of(snapshot);
    }

    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        world.oracle().delivered(serverId, zxid, payload.duplicate());
        machine.deliver(zxid, payload);
    }

    @Override
    public SnapshotBody capture() {
        world.coverage().count("snapshots taken");
        return machine.capture();
    }

    @Override
    public void roleChanged(RoleView role) {
        world.oracle().roleChanged(serverId, role);
        machine.roleChanged(role);
    }

    @Override
    public void requested(long fromServer, ByteBuffer payload) {
        machine.requested(fromServer, payload);
    }

    @Override
    public void answered(ByteBuffer payload) {
        machine.answered(payload);
    }

    @Override
    public void barrierPassed(long request, long zxid, long ordinal) {
        world.coverage().count("barriers passed");
        machine.barrierPassed(request, zxid, ordinal);
    }

    @Override
    public void barrierFailed(long request) {
        world.coverage().count("barriers failed");
        machine.barrierFailed(request);
    }
}
