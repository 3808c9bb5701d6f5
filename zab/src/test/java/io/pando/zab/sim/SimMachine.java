package io.pando.zab.sim;

import io.pando.zab.model.EpochTable;
import java.nio.ByteBuffer;

/** The state of a toy: a hash over everything delivered, which is equal exactly if the histories are. An immutable value. */
record SimMachine(long zxid, long hash, EpochTable epochs) {

    static final SimMachine EMPTY = new SimMachine(0, 1, EpochTable.EMPTY);

    SimMachine delivered(long at, int type, ByteBuffer payload) {
        long next = hash;
        next = mix(next ^ at);
        next = mix(next ^ type);
        for (ByteBuffer bytes = payload.duplicate(); bytes.hasRemaining(); ) {
            next = next * 31 + bytes.get();
        }
        return new SimMachine(at, mix(next), epochs.following(zxid, at));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }
}
