package io.pando.test.torture;

import io.pando.client.Pando;
import io.pando.recipes.lock.Lock;
import io.pando.test.recipes.faults.Chronicle;
import io.pando.test.recipes.faults.Entry;
import io.pando.test.recipes.faults.Entry.What;
import io.pando.test.recipes.faults.HoldingRole;
import io.pando.test.recipes.faults.Judgement;
import io.pando.test.recipes.faults.Role;
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
 * A lock, with Pando's client library. Who holds it writes that down under the guard of its fencing token; in what is written nobody is
 * in while another is, and tokens grow.
 */
final class Locks implements Workload {
    private static final int CLIENTS = 3;
    private static final int LONGEST_PAUSE_MS = 30;

    private final Findings findings;
    private final String root;
    private final String chronicle;
    private final List<Pando> opened = new ArrayList<>();
    private List<Entry> history = List.of();

    Locks(Findings findings, String root) {
        this.findings = findings;
        this.root = root + "/locks";
        this.chronicle = this.root + "/history";
    }

    @Override
    public String name() {
        return "locks with fencing tokens";
    }

    @Override
    public void prepare(ZooKeeper client) throws KeeperException, InterruptedException {
        for (String path : List.of(root, chronicle)) {
            client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
    }

    @Override
    public List<Client> clients(String connectString, Supplier<Random> chances) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random chance = chances.get();
            String name = "holder-" + i;
            Pando pando = open(connectString);
            opened.add(pando);
            Role role = new HoldingRole(
                    name,
                    new Lock(pando, root + "/lock", name),
                    What.HOLDS,
                    new Chronicle(pando, chronicle),
                    name,
                    chance);
            clients.add(new Client(role, chance, LONGEST_PAUSE_MS, findings.violations()));
        }
        return clients;
    }

    private static Pando open(String connectString) {
        return Pando.connect(connectString)
                .sessionTimeout(Duration.ofMillis(Session.TIMEOUT_MS))
                .backoff(Duration.ofMillis(20), Duration.ofMillis(300))
                .open();
    }

    @Override
    public void judge(List<Witness> witnesses, Findings found) throws Exception {
        opened.forEach(Pando::close);
        try (Pando witness = open(witnesses.getFirst().server().connectString())) {
            history = new Chronicle(witness, chronicle).read();
        }
        Judgement.ofLine(history).forEach(wrong -> found.violations().add("lock: " + wrong));
    }

    @Override
    public String extent() {
        long held = history.stream().filter(entry -> entry.what() == What.HOLDS).count();
        return "held and written down %,d times".formatted(held);
    }

    @Override
    public void writeTo(Path folder) throws IOException {
        Files.write(
                folder.resolve("locks.txt"),
                history.stream().map(Entry::toString).toList());
    }
}
