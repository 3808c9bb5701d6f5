package io.pando.test.torture;

import io.pando.test.harness.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * Ephemeral znodes: there as long as their sessions live, on every server; gone when these have ended; and sessions neither end too early
 * nor stay for ever. Owners speak with servers over bare sockets, so that they know exactly what was answered.
 */
final class Ephemerals implements Workload {
    private static final int OWNERS = 3;
    private static final int LONGEST_PAUSE_OF_OWNER_MS = 300;
    private static final int WATCHMEN = 2;
    private static final int LONGEST_PAUSE_OF_WATCHMAN_MS = 40;
    private static final Duration LATEST = Duration.ofMillis(4 * OwningRole.TIMEOUT_MS);

    private final Findings findings;
    private final String root;
    private final Lives lives = new Lives();

    Ephemerals(Findings findings, String root) {
        this.findings = findings;
        this.root = root + "/ephemerals";
    }

    @Override
    public String name() {
        return "ephemerals and sessions";
    }

    @Override
    public void prepare(ZooKeeper client) throws KeeperException, InterruptedException {
        client.create(root, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    @Override
    public List<Client> clients(String connectString, Supplier<Random> chances) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
            Random chance = chances.get();
            var role = new OwningRole("owner-" + i, root, lives, connectString, chance);
            clients.add(new Client(role, chance, LONGEST_PAUSE_OF_OWNER_MS, findings.violations()));
        }
        for (int i = 0; i < WATCHMEN; i++) {
            Random chance = chances.get();
            var role = new LookingRole("watchman-" + i, lives, new Session(connectString), chance);
            clients.add(new Client(role, chance, LONGEST_PAUSE_OF_WATCHMAN_MS, findings.violations()));
        }
        return clients;
    }

    @Override
    public void judge(List<Witness> witnesses, Findings found) throws Exception {
        for (Witness witness : witnesses) {
            boolean gone = Await.happens(LATEST, () -> left(witness).isEmpty());
            if (!gone) {
                found.violations()
                        .add(left(witness) + " stay in " + root + ", says " + witness.name() + ", " + LATEST.toSeconds()
                                + " s after all was well and all owners were gone");
            }
        }
        lives.wrongs().forEach(found.violations()::add);
    }

    private List<String> left(Witness witness) throws KeeperException, InterruptedException {
        return witness.client().getChildren(root, false);
    }

    @Override
    public String extent() {
        return "%,d sessions with an ephemeral each, looked at %,d times".formatted(lives.count(), lives.sights());
    }

    @Override
    public void writeTo(Path folder) throws IOException {
        Files.write(folder.resolve("ephemerals.txt"), lives.describe());
    }
}
