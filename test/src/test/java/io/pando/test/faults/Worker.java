package io.pando.test.faults;

import io.pando.test.harness.Await;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.ZooKeeperClients;
import io.pando.test.linearizability.Register;
import io.pando.test.znodes.Generation;
import io.pando.test.znodes.Znodes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * A client with a session and a thread of its own, which does one thing after the other until it is told to stop. It goes on by
 * itself after a lost connection. Its session must live through everything, and with it its ephemeral znode.
 */
final class Worker {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Work work;
    private final String name;
    private final Random random;
    private final ZooKeeper client;
    private final Znodes znodes;
    private final Map<String, Integer> knownVersions = new HashMap<>();
    private final Map<String, Long> seenZxids = new HashMap<>();
    private final Thread thread;
    private int written;
    // Written by the worker, read by the test.
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean stopping;

    Worker(Work work, int number, String connectString, int sessionTimeoutMs) throws IOException {
        this.work = work;
        this.name = "worker-" + number;
        this.random = new Random(number);
        this.client = ZooKeeperClients.connect(connectString, sessionTimeoutMs, new EventLog());
        this.znodes = new Znodes(client, name, work.histories());
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() throws KeeperException, InterruptedException {
        client.create(ephemeral(), new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        thread.start();
    }

    /** There as long as its session lives. */
    String ephemeral() {
        return work.root() + "/alive-" + name;
    }

    /** How many writes were answered so far. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Lets it finish what it does; its session goes on. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join(PATIENCE);
        if (thread.isAlive()) work.violations().add(name + " waits for an answer in vain");
    }

    /** Lets it end by itself, whatever it waits for. */
    void abandon() {
        stopping = true;
    }

    ZooKeeper client() {
        return client;
    }

    private void run() {
        while (!stopping) {
            Generation generation = work.generation();
            try {
                act(generation);
                if (generation.isOverWithOneMore()) work.beginNext(generation, client);
            } catch (KeeperException.ConnectionLossException lost) {
                if (generation.isOverWithOneMoreUnknown()) work.beginNext(generation, client);
                awaitConnection();
            } catch (KeeperException e) {
                work.violations().add(name + " was told " + e);
                return;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void act(Generation generation) throws KeeperException, InterruptedException {
        String register =
                generation.registers().get(random.nextInt(generation.registers().size()));
        int chance = random.nextInt(100);
        if (chance < 40) {
            set(register);
        } else if (chance < 60) {
            znodes.createNext(generation.sequence(), unique());
            acknowledged.incrementAndGet();
        } else if (chance < 75) {
            learn(register, znodes.readSynced(register).version());
        } else if (chance < 77) {
            znodes.listSynced(generation.sequence());
        } else {
            readPlainly(register);
        }
    }

    private void set(String register) throws KeeperException, InterruptedException {
        Integer known = knownVersions.get(register);
        int version = znodes.set(register, unique(), known == null ? Register.ANY : known);
        acknowledged.incrementAndGet();
        if (version >= 0) {
            learn(register, version);
        } else {
            readPlainly(register);
        }
    }

    private String unique() {
        return name + "-" + written++;
    }

    /** Without a sync a read may be old, but within a session time does not run backwards. */
    private void readPlainly(String register) throws KeeperException, InterruptedException {
        Stat stat = new Stat();
        client.getData(register, false, stat);
        Integer known = knownVersions.get(register);
        if (known != null && stat.getVersion() < known) {
            work.violations()
                    .add(name + " knew version " + known + " of " + register + " and then read " + stat.getVersion());
        }
        Long seen = seenZxids.put(register, stat.getMzxid());
        if (seen != null && Long.compareUnsigned(stat.getMzxid(), seen) < 0) {
            work.violations()
                    .add(name + " saw " + register + " of 0x" + Long.toHexString(seen) + " and then of 0x"
                            + Long.toHexString(stat.getMzxid()));
        }
        learn(register, stat.getVersion());
    }

    private void learn(String register, int version) {
        knownVersions.put(register, version);
    }

    private void awaitConnection() {
        boolean connected = Await.happens(
                PATIENCE,
                () -> stopping
                        || client.getState().isConnected()
                        || !client.getState().isAlive());
        if (!connected) work.violations().add(name + " finds no server for " + PATIENCE.toSeconds() + " s");
    }
}
