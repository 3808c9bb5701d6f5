package io.pando.test.bench.workload;

import io.pando.test.bench.load.Drive;
import io.pando.test.bench.load.Frame;
import io.pando.test.bench.load.Frames;
import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.load.Tally;
import io.pando.test.bench.target.Target;
import java.util.Arrays;
import java.util.List;

/** Makes and removes the znodes that cases work on, many at a time. */
final class Znodes {
    /** All that the benchmark writes lies below. */
    static final String ROOT = "/bench";
    /** Takes the digits of a key. */
    static final String KEY = "k#########";

    private static final int NO_NODE = -101;
    private static final int NODE_EXISTS = -110;
    private static final int NOT_EMPTY = -111;

    private final Target target;

    Znodes(Target target) {
        this.target = target;
    }

    /** One without data, unless it is there. */
    void create(String path) {
        each(Frames.create(path, 0, Frames.PERSISTENT), 1, NODE_EXISTS);
    }

    /** Those numbered 0 to {@code count - 1}, unless they are there. */
    Tally createAll(String pattern, int count, int dataBytes) {
        return each(Frames.create(pattern, dataBytes, Frames.PERSISTENT), count, NODE_EXISTS);
    }

    /** Unless it is gone, or still has children. */
    void delete(String path) {
        each(Frames.delete(path), 1, NO_NODE, NOT_EMPTY);
    }

    void deleteAll(String pattern, int count) {
        each(Frames.delete(pattern), count, NO_NODE);
    }

    private Tally each(Frame frame, int count, Integer... allowedErrors) {
        var drive = count == 1 ? new Drive(target.addresses(), 1, 1) : new Drive(target.addresses(), 8, 32);
        var tally = drive.runAll(new NumberedRequests(frame, count));
        List<Integer> allowed = Arrays.asList(allowedErrors);
        if (!allowed.containsAll(tally.errors().countByCode().keySet())) {
            throw new LoadException("Preparing " + target.name() + " met errors: " + tally.errors() + ".");
        }
        return tally;
    }
}
