package io.pando.zab.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

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

    /** The table after {@code records}. */
    public EpochTable following(Records records) {
        if (Zxid.epoch(records.prevZxid()) == Zxid.epoch(records.lastZxid())) {
            return this;
        }
        EpochTable[] table = {this};
        long[] last = {records.prevZxid()};
        records.forEach((zxid, type, payload) -> {
            table[0] = table[0].following(last[0], zxid);
            last[0] = zxid;
        });
        return table[0];
    }

    /** The table of the same history cut behind {@code zxid}. */
    public EpochTable truncatedTo(long zxid) {
        return new EpochTable(lastZxids.stream()
                .filter(last -> Integer.compareUnsigned(Zxid.epoch(last), Zxid.epoch(zxid)) < 0)
                .toList());
    }

    /**
     * The last zxid that two histories have in common (design: zab.md section 4.2). Exact, because the records of an epoch are made
     * by one leader and are contiguous from its marker.
     *
     * @return empty if the tables don't reach back far enough to tell
     */
    public static OptionalLong commonPoint(EpochTable one, long lastOfOne, EpochTable other, long lastOfOther) {
        List<Long> ones = one.includingLast(lastOfOne);
        for (long last : other.includingLast(lastOfOther).reversed()) {
            for (long candidate : ones) {
                if (Zxid.epoch(candidate) == Zxid.epoch(last)) {
                    return OptionalLong.of(Zxid.isAfter(candidate, last) ? last : candidate);
                }
            }
        }
        return one.isComplete() && other.isComplete() ? OptionalLong.of(Zxid.NONE) : OptionalLong.empty();
    }

    private List<Long> includingLast(long last) {
        if (last == Zxid.NONE) {
            return lastZxids;
        }
        List<Long> all = new ArrayList<>(lastZxids);
        all.add(last);
        return all;
    }

    /** Whether no epoch has been forgotten. */
    private boolean isComplete() {
        return lastZxids.size() < KEPT;
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
