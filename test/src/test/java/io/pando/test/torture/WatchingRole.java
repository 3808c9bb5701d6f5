package io.pando.test.torture;

import io.pando.test.znodes.Violations;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/** Leaves a watch, and reads the znode again and again until it was told of a change; now and then behind a sync, so that it sees one. */
final class WatchingRole extends SessionRole {
    private static final int SYNC_ONE_IN = 3;

    private final List<String> paths;
    private final RandomGenerator chance;
    private final Violations violations;
    private final AtomicInteger fulfilled;
    private @Nullable ZooKeeper present;
    private @Nullable Wish wish;
    private String path = "";
    private EventType awaited = EventType.None;

    WatchingRole(
            String name,
            List<String> paths,
            Session session,
            RandomGenerator chance,
            Violations violations,
            AtomicInteger fulfilled) {
        super(name, session);
        this.paths = paths;
        this.chance = chance;
        this.violations = violations;
        this.fulfilled = fulfilled;
    }

    @Override
    public boolean turn() throws Exception {
        ZooKeeper client = connected();
        // With its session ends what a watch promises.
        if (!client.equals(present)) wish = null;
        present = client;
        if (wish == null || !wish.isArmed()) {
            wish = leave(client);
            return false;
        }
        if (chance.nextInt(SYNC_ONE_IN) == 0) sync(client);
        read(client, null, wish::sees);
        if (!wish.isFulfilled()) return false;
        fulfilled.incrementAndGet();
        wish = null;
        return true;
    }

    private Wish leave(ZooKeeper client) throws KeeperException, InterruptedException {
        path = paths.get(chance.nextInt(paths.size()));
        awaited = chance.nextBoolean() ? EventType.NodeDataChanged : EventType.NodeChildrenChanged;
        Wish left = new Wish(name(), path, awaited, violations);
        read(client, left, left::isLeft);
        return left;
    }

    /** What it tells comes on the thread of the client's events, in their order. */
    private void read(ZooKeeper client, @Nullable Watcher watcher, LongConsumer zxid)
            throws KeeperException, InterruptedException {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        if (awaited == EventType.NodeDataChanged) {
            client.getData(
                    path,
                    watcher,
                    (code, of, context, data, stat) -> {
                        if (code == Code.OK.intValue()) zxid.accept(stat.getMzxid());
                        done.complete(code);
                    },
                    null);
        } else {
            client.getChildren(
                    path,
                    watcher,
                    (code, of, context, children, stat) -> {
                        if (code == Code.OK.intValue()) zxid.accept(stat.getPzxid());
                        done.complete(code);
                    },
                    null);
        }
        await(done);
    }

    private void sync(ZooKeeper client) throws KeeperException, InterruptedException {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        client.sync(path, (code, of, context) -> done.complete(code), null);
        await(done);
    }

    private void await(CompletableFuture<Integer> done) throws KeeperException, InterruptedException {
        try {
            Code code = Code.get(done.get());
            if (code != Code.OK) throw KeeperException.create(code, path);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody completes it with a failure", e);
        }
    }
}
