package io.pando.test.znodes;

import io.pando.test.linearizability.Names;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/**
 * Znodes that all workers share for a while. An operation of which nobody knows whether it happened stays open for ever to the
 * checker, and long histories take it long; so after some of either it is the next generation's turn.
 *
 * <p>The workers' threads meet in its counters; whoever closes it has to make the next.
 */
public final class Generation {
    private static final int OPERATIONS = 4_000;
    private static final int UNKNOWN = 8;

    private final String root;
    private final int number;
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    public Generation(String root, int number) {
        this.root = root;
        this.number = number;
    }

    public Generation next() {
        return new Generation(root, number + 1);
    }

    public List<String> registers() {
        return List.of(path("x"), path("y"), path("z"));
    }

    public String sequence() {
        return path("sequence");
    }

    /** Below it children of the names of {@link Names#ALL} are made and deleted. */
    public String names() {
        return path("names");
    }

    private String path(String name) {
        return root + "/" + name + "-" + number;
    }

    /** Makes the znodes, as far as they are not there yet. */
    public void create(ZooKeeper client) throws KeeperException, InterruptedException {
        createUnlessThere(client, root);
        for (String register : registers()) createUnlessThere(client, register);
        createUnlessThere(client, sequence());
        createUnlessThere(client, names());
    }

    private static void createUnlessThere(ZooKeeper client, String path) throws KeeperException, InterruptedException {
        try {
            client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        } catch (KeeperException.NodeExistsException fine) {
            // A create of which nothing was heard had happened.
        }
    }

    /** Counts an operation that comes; true if it is time for the next generation, which is told once. */
    public boolean isOverWithOneMore() {
        return operations.incrementAndGet() >= OPERATIONS && closed.compareAndSet(false, true);
    }

    /** Counts an operation whose end is not known; true as above. */
    public boolean isOverWithOneMoreUnknown() {
        return unknown.incrementAndGet() >= UNKNOWN && closed.compareAndSet(false, true);
    }
}
