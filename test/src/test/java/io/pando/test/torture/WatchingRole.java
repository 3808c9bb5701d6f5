package io.pando.test.torture;

import io.pando.test.znodes.Violations;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/** Leaves a watch, and reads the znode again and again until it was told of a change; now and then behind a sync, so that it sees one. */
final class WatchingRole extends SessionRole {
    private static final int SYNC_ONE_IN = 3;

    private final WatchedZnodes znodes;
    private final List<WatchKind> kinds;
    private final RandomGenerator chance;
    private final Violations violations;
    private final AtomicInteger fulfilled;
    private @Nullable ZooKeeper present;
    private @Nullable Wish wish;
    private String path = "";
    private WatchKind kind = WatchKind.DATA;

    WatchingRole(
            String name,
            WatchedZnodes znodes,
            List<WatchKind> kinds,
            Session session,
            RandomGenerator chance,
            Violations violations,
            AtomicInteger fulfilled) {
        super(name, session);
        this.znodes = znodes;
        this.kinds = kinds;
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
        if (chance.nextInt(SYNC_ONE_IN) == 0) sync(client, path);
        read(client, null, wish::sees);
        if (!wish.isOver()) return false;
        fulfilled.incrementAndGet();
        wish = null;
        return true;
    }

    private Wish leave(ZooKeeper client) throws KeeperException, InterruptedException {
        kind = kinds.get(chance.nextInt(kinds.size()));
        path = kind == WatchKind.EXISTENCE ? znodes.anyFleeting(chance) : znodes.anyLasting(chance);
        Wish left = new Wish(name(), path, kind, violations);
        read(client, left, left::isLeft);
        return left;
    }

    /** What it tells comes on the thread of the client's events, in their order. */
    private void read(ZooKeeper client, @Nullable Watcher watcher, LongConsumer zxid)
            throws KeeperException, InterruptedException {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        switch (kind) {
            case DATA ->
                client.getData(
                        path,
                        watcher,
                        (code, of, context, data, stat) -> {
                            if (code == Code.OK.intValue()) zxid.accept(stat.getMzxid());
                            done.complete(code);
                        },
                        null);
            case CHILDREN ->
                client.getChildren(
                        path,
                        watcher,
                        (code, of, context, children, stat) -> {
                            if (code == Code.OK.intValue()) zxid.accept(stat.getPzxid());
                            done.complete(code);
                        },
                        null);
            case EXISTENCE ->
                client.exists(
                        path,
                        watcher,
                        (code, of, context, stat) -> {
                            boolean isAbsent = code == Code.NONODE.intValue();
                            if (isAbsent) zxid.accept(Wish.ABSENT);
                            if (code == Code.OK.intValue()) zxid.accept(stat.getMzxid());
                            done.complete(isAbsent ? Code.OK.intValue() : code);
                        },
                        null);
            case PERSISTENT, RECURSIVE -> throw new IllegalStateException("Not a one-time watch: " + kind);
        }
        answerTo(path, done);
    }
}
