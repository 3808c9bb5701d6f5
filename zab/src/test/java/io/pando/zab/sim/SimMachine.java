package io.pando.zab.sim;

import io.pando.zab.model.EpochTable;
import io.pando.zab.model.RecordType;
import java.nio.ByteBuffer;

/**
 * The state of a toy. An immutable value.
 *
 * @param hash over every record delivered, which is equal exactly if the histories are
 * @param state the same over transactions alone: what a server keeps in its snapshots, and recovers
 */
record SimMachine(long zxid, long hash, long state, EpochTable epochs) {

    static final SimMachine EMPTY = new SimMachine(0, 1, 1, EpochTable.EMPTY);

    SimMachine delivered(long at, RecordType type, ByteBuffer payload) {
        long next = hashAfter(hash, at, type, payload);
        return new SimMachine(at, next, stateAfter(state, at, type, payload), epochs.following(zxid, at));
    }

    static long stateAfter(long state, long at, RecordType type, ByteBuffer payload) {
        return type == RecordType.TXN ? hashAfter(state, at, type, payload) : state;
    }

    static long hashAfter(long hash, long at, RecordType type, ByteBuffer payload) {
        long next = hash;
        next = mix(next ^ at);
        next = mix(next ^ type.code());
        for (ByteBuffer bytes = payload.duplicate(); bytes.hasRemaining(); ) {
            next = next * 31 + bytes.get();
        }
        return mix(next);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
