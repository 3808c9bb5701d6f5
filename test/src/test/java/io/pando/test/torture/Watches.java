package io.pando.test.torture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;

/**
 * Watches. A one-time watch outlives lost connections: who left one is told of the first change, once, before its session sees anything
 * newer. A persistent one is told of every change while the connection lasts. That can be judged at once, so there is no history of it.
 */
final class Watches implements Workload {
    private static final int WATCHERS = 4;
    private static final int LASTING_WATCHERS = 2;
    private static final int LONGEST_PAUSE_OF_WATCHER_MS = 30;
    private static final int LONGEST_PAUSE_OF_CHANGER_MS = 40;

    private final Findings findings;
    private final WatchedZnodes znodes;
    private final List<WatchKind> oneTime;
    private final List<WatchKind> lasting;
    // Counted by the threads of all watchers.
    private final AtomicInteger fulfilled = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    Watches(Findings findings, String root, Set<WatchKind> kinds) {
        this.findings = findings;
        this.znodes = WatchedZnodes.below(root);
        this.oneTime = kinds.stream().filter(WatchKind::isOneTime).sorted().toList();
        this.lasting = kinds.stream().filter(kind -> !kind.isOneTime()).sorted().toList();
    }

    @Override
    public String name() {
        return "watches";
    }

    @Override
    public void prepare(ZooKeeper client) throws KeeperException, InterruptedException {
        znodes.make(client);
    }

    @Override
    public List<Client> clients(String connectString, Supplier<Random> chances) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < WATCHERS && !oneTime.isEmpty(); i++) {
            Random chance = chances.get();
            clients.add(watcher(
                    new WatchingRole(
                            "watcher-" + i,
                            znodes,
                            oneTime,
                            new Session(connectString),
                            chance,
                            findings.violations(),
                            fulfilled),
                    chance));
        }
        for (int i = 0; i < LASTING_WATCHERS && !lasting.isEmpty(); i++) {
            Random chance = chances.get();
            clients.add(watcher(
                    new LastingRole(
                            "lasting-watcher-" + i,
                            znodes,
                            lasting,
                            new Session(connectString),
                            chance,
                            findings.violations(),
                            told),
                    chance));
        }
        Random chance = chances.get();
        clients.add(new Client(
                new ChangingRole("changer", znodes, new Session(connectString), chance),
                chance,
                LONGEST_PAUSE_OF_CHANGER_MS,
                findings.violations()));
        return clients;
    }

    private Client watcher(SessionRole role, Random chance) {
        return new Client(role, chance, LONGEST_PAUSE_OF_WATCHER_MS, findings.violations());
    }

    @Override
    public void judge(List<Witness> witnesses, Findings found) {
        // Watchers have judged all the while.
    }

    @Override
    public String extent() {
        return "%,d left and told of a change, %,d changes told to persistent ones"
                .formatted(fulfilled.get(), told.get());
    }

    @Override
    public void writeTo(Path folder) {
        // What was wrong is among the violations, with all that is known of it.
    }
}
