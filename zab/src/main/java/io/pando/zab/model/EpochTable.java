package io.pando.zab.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The epochs that a history has left behind, each with its last counter, oldest first: by them a leader finds the exact point
 * up to which two histories agree. The epoch that still grows is not in it: its last counter is that of the history.
 */
public record EpochTable(List<Long> lastZxids) {

    /** Older epochs are forgotten; a learner as far behind as that gets a snapshot. */
    private static final int KEPT = 128;

    public static final int MAX_ENCODED_BYTES = Integer.BYTES + KEPT * Long.BYTES;
    public static final EpochTable EMPTY = new EpochTable(List.of());

    public EpochTable {
        lastZxids = List.copyOf(lastZxids);
        for (int i = 1; i < lastZxids.size(); i++) {
            if (Integer.compareUnsigned(Zxid.epoch(lastZxids.get(i)), Zxid.epoch(lastZxids.get(i - 1))) <= 0) {
                throw new IllegalArgumentException("Epochs out of order: " + lastZxids);
            }
        }
    }

    /** The table after {@code next} has followed {@code last}: longer by one where that began a new epoch. */
    public EpochTable following(long last, long next) {
        if (last == Zxid.NONE || Zxid.epoch(last) == Zxid.epoch(next)) {
            return this;
        }
        List<Long> longer = new ArrayList<>(lastZxids);
        longer.add(last);
        return new EpochTable(longer.subList(Math.max(0, longer.size() - KEPT), longer.size()));
    }

    /** The table after the records of {@code batch}. */
    public EpochTable following(RecordBatch batch) {
        if (Zxid.epoch(batch.prevZxid()) == Zxid.epoch(batch.lastZxid())) {
            return this;
        }
        EpochTable[] table = {this};
        long[] last = {batch.prevZxid()};
        batch.forEach((zxid, type, payload) -> {
            table[0] = table[0].following(last[0], zxid);
            last[0] = zxid;
        });
        return table[0];
    }

    public void encode(ByteBuffer out) {
        out.putInt(lastZxids.size());
        lastZxids.forEach(out::putLong);
    }

    public static EpochTable decode(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > KEPT) {
            throw new IllegalArgumentException("An epoch table of " + count + " epochs");
        }
        List<Long> lastZxids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lastZxids.add(in.getLong());
        }
        return new EpochTable(lastZxids);
    }
}
