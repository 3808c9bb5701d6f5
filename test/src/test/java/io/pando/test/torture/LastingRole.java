package io.pando.test.torture;

import io.pando.test.znodes.Violations;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/** Sets a persistent watch once in each session, and reads what is watched again and again; now and then behind a sync. */
final class LastingRole extends SessionRole {
    private static final int SYNC_ONE_IN = 3;

    private final WatchedZnodes znodes;
    private final List<WatchKind> kinds;
    private final RandomGenerator chance;
    private final Violations violations;
    private final AtomicInteger told;
    private @Nullable ZooKeeper present;
    private @Nullable LastingWatch watch;
    private String watched = "";

    LastingRole(
            String name,
            WatchedZnodes znodes,
            List<WatchKind> kinds,
            Session session,
            RandomGenerator chance,
            Violations violations,
            AtomicInteger told) {
        super(name, session);
        this.znodes = znodes;
        this.kinds = kinds;
        this.chance = chance;
        this.violations = violations;
        this.told = told;
    }

    @Override
    public boolean turn() throws Exception {
        ZooKeeper client = connected();
        if (!client.equals(present)) watch = null;
        present = client;
        if (watch == null) {
            watch = set(client);
            return false;
        }
        String path = watched.equals(znodes.root()) ? znodes.anyLasting(chance) : watched;
        if (chance.nextInt(SYNC_ONE_IN) == 0) sync(client, path);
        return read(client, path, watch);
    }

    private LastingWatch set(ZooKeeper client) throws KeeperException, InterruptedException {
        WatchKind kind = kinds.get(chance.nextInt(kinds.size()));
        boolean isRecursive = kind == WatchKind.RECURSIVE;
        watched = isRecursive ? znodes.root() : znodes.anyLasting(chance);
        LastingWatch set = new LastingWatch(name(), watched, kind, violations, told);
        client.addWatch(watched, set, isRecursive ? AddWatchMode.PERSISTENT_RECURSIVE : AddWatchMode.PERSISTENT);
        return set;
    }

    /** The answer comes on the thread of the client's events, in their order. */
    private static boolean read(ZooKeeper client, String path, LastingWatch watch)
            throws KeeperException, InterruptedException {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        AtomicBoolean compared = new AtomicBoolean();
        client.exists(
                path,
                false,
                (code, of, context, stat) -> {
                    if (code == Code.OK.intValue()) compared.set(watch.sees(path, stat));
                    done.complete(code);
                },
                null);
        answerTo(path, done);
        return compared.get();
    }
}
