package io.pando.zab.runtime;

import io.pando.zab.log.RecoveryTarget;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A state machine that remembers every transaction it was given, and checks that they come in order. */
public final class Ledger implements StateMachine {
    private Map<Long, String> entries = new LinkedHashMap<>();
    private long lastZxid;

    @Override
    public Loaded read(InputStream snapshot, long zxid) throws IOException {
        Map<Long, String> installed = new LinkedHashMap<>();
        DataInputStream in = new DataInputStream(snapshot);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            installed.put(in.readLong(), in.readUTF());
        }
        // It does not look behind its end, as trees don't: whether all of the snapshot is right is for the storage to
        // say.
        return () -> {
            entries = installed;
            lastZxid = zxid;
        };
    }

    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        if (Long.compareUnsigned(zxid, lastZxid) <= 0) {
            throw new IllegalStateException("Delivered " + zxid + " after " + lastZxid);
        }
        lastZxid = zxid;
        entries.put(zxid, StandardCharsets.UTF_8.decode(payload).toString());
    }

    @Override
    public SnapshotBody capture() {
        Map<Long, String> captured = new LinkedHashMap<>(entries);
        return stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            out.writeInt(captured.size());
            for (Map.Entry<Long, String> entry : captured.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeUTF(entry.getValue());
            }
            out.flush();
        };
    }

    RecoveryTarget asRecoveryTarget() {
        return new RecoveringMachine(this);
    }

    public Map<Long, String> entries() {
        return entries;
    }

    public static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
