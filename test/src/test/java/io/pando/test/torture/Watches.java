package io.pando.test.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * Watches, which outlive lost connections: who left one is told of the first change, once, before its session sees anything newer. That
 * can be judged at once, so there is no history of it.
 */
final class Watches implements Workload {
    private static final int ZNODES = 3;
    private static final int WATCHERS = 4;
    private static final int LONGEST_PAUSE_OF_WATCHER_MS = 30;
    private static final int LONGEST_PAUSE_OF_CHANGER_MS = 40;

    private final Findings findings;
    private final String root;
    // Counted by the threads of all watchers.
    private final AtomicInteger fulfilled = new AtomicInteger();

    Watches(Findings findings, String root) {
        this.findings = findings;
        this.root = root + "/watched";
    }

    @Override
    public String name() {
        return "watches";
    }

    @Override
    public void prepare(ZooKeeper client) throws KeeperException, InterruptedException {
        client.create(root, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        for (String path : paths()) {
            client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < ZNODES; i++) paths.add(root + "/" + i);
        return paths;
    }

    @Override
    public List<Client> clients(String connectString, Supplier<Random> chances) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            Random chance = chances.get();
            var role = new WatchingRole(
                    "watcher-" + i, paths(), new Session(connectString), chance, findings.violations(), fulfilled);
            clients.add(new Client(role, chance, LONGEST_PAUSE_OF_WATCHER_MS, findings.violations()));
        }
        Random chance = chances.get();
        clients.add(new Client(
                new ChangingRole("changer", paths(), new Session(connectString), chance),
                chance,
                LONGEST_PAUSE_OF_CHANGER_MS,
                findings.violations()));
        return clients;
    }

    @Override
    public void judge(List<Witness> witnesses, Findings found) {
        // Watchers have judged all the while.
    }

    @Override
    public String extent() {
        return "%,d left, and told of a change".formatted(fulfilled.get());
    }

    @Override
    public void writeTo(Path folder) {
        // What was wrong is among the violations, with all that is known of it.
    }
}
