package io.pando.test.micro;

import io.pando.datatree.Acl;
import io.pando.datatree.Applied;
import io.pando.datatree.Owner;
import io.pando.datatree.Prefetch;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.Znode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tree at several sizes: finding a znode, and the next tree after a transaction. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreeBenchmark {
    private static final int CHILDREN_PER_FOLDER = 1_000;
    private static final long TIME_MS = 1_700_000_000_000L;

    /** In folders of a thousand. */
    @Param({"1000", "100000", "1000000"})
    private int znodes;

    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] data = new byte[100];
    private final Prefetch prefetch = new Prefetch();
    private Tree tree = Tree.empty();
    private String[] paths = {};
    private long zxid;

    @Setup
    public void grow() {
        paths = new String[znodes];
        for (int i = 0; i < znodes; i++) {
            var folder = "/folder-%06d".formatted(i / CHILDREN_PER_FOLDER);
            if (i % CHILDREN_PER_FOLDER == 0) {
                apply(create(folder));
            }
            paths[i] = folder + "/znode-%03d".formatted(i % CHILDREN_PER_FOLDER);
            apply(create(paths[i]));
        }
    }

    private Txn create(String path) {
        return new Txn.Create(path, data, Acl.OPEN, Owner.PERSISTENT);
    }

    private void apply(Txn txn) {
        tree = tree.apply(++zxid, TIME_MS, txn).tree();
    }

    private String anyPath() {
        return paths[random.nextInt(paths.length)];
    }

    @Benchmark
    public @Nullable Znode find() {
        return tree.find(anyPath());
    }

    @Benchmark
    public Applied setData() {
        return tree.apply(zxid + 1, TIME_MS, new Txn.SetData(anyPath(), data, 1));
    }

    /** The time is that of one of them. */
    @Benchmark
    @OperationsPerInvocation(Prefetch.ENOUGH_PATHS)
    public Tree manySetData() {
        return setAll(manyPaths());
    }

    /** The same, all brought into the cache beforehand. */
    @Benchmark
    @OperationsPerInvocation(Prefetch.ENOUGH_PATHS)
    public Tree manySetDataForeseen() {
        String[] many = manyPaths();
        for (String path : many) {
            prefetch.add(path);
        }
        prefetch.run(tree);
        return setAll(many);
    }

    private String[] manyPaths() {
        String[] many = new String[Prefetch.ENOUGH_PATHS];
        Arrays.setAll(many, i -> anyPath());
        return many;
    }

    private Tree setAll(String[] many) {
        Tree next = tree;
        for (String path : many) {
            next = next.apply(next.zxid() + 1, TIME_MS, new Txn.SetData(path, data, 1))
                    .tree();
        }
        return next;
    }

    @Benchmark
    public Applied create() {
        return tree.apply(zxid + 1, TIME_MS, create(anyPath() + "-new"));
    }

    @Benchmark
    public Applied delete() {
        return tree.apply(zxid + 1, TIME_MS, new Txn.Delete(anyPath()));
    }
}
