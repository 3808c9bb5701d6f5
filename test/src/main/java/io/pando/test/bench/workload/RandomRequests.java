package io.pando.test.bench.workload;

import io.pando.test.bench.load.Frame;
import io.pando.test.bench.load.Reply;
import io.pando.test.bench.load.Requests;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Requests for random keys: mostly {@code usual} ones, and out of a hundred so many {@code rare} ones. Equal seeds make equal requests, so that every server is asked the same.
 */
final class RandomRequests implements Requests {
    private final SplittableRandom random;
    private final Frame usual;
    private final Frame rare;
    private final int rarePercent;
    private final int keys;
    private final boolean multi;

    private RandomRequests(int seed, Frame usual, Frame rare, int rarePercent, int keys, boolean multi) {
        random = new SplittableRandom(seed);
        this.usual = usual;
        this.rare = rare;
        this.rarePercent = rarePercent;
        this.keys = keys;
        this.multi = multi;
    }

    static RandomRequests of(int seed, Frame frame, int keys) {
        return new RandomRequests(seed, frame, frame, 0, keys, false);
    }

    static RandomRequests mixed(int seed, Frame usual, Frame rare, int rarePercent, int keys) {
        return new RandomRequests(seed, usual, rare, rarePercent, keys, false);
    }

    /** Transactions on {@code count} consecutive keys each. */
    static RandomRequests ofMulti(int seed, Frame multi, int count, int keys) {
        return new RandomRequests(seed, multi, multi, 0, keys - count + 1, true);
    }

    @Override
    public int maxBytes() {
        return Math.max(usual.lengthBytes(), rare.lengthBytes());
    }

    @Override
    public void putNext(ByteBuffer batch, int xid) {
        boolean isRare = rarePercent > 0 && random.nextInt(100) < rarePercent;
        (isRare ? rare : usual).putTo(batch, xid, random.nextInt(keys));
    }

    @Override
    public int errorIn(ByteBuffer in, int at) {
        return multi ? Reply.errorOfMulti(in, at) : Reply.error(in, at);
    }
}
