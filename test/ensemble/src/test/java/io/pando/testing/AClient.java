package io.pando.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.ConnectionLossException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;

/** Apache's client, and what it was told about its connection. */
final class AClient implements AutoCloseable {
    static final int TIMEOUT_MS = 10_000;

    private final BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    private final ZooKeeper zooKeeper;

    AClient(String connectString) throws Exception {
        this(connectString, TIMEOUT_MS);
    }

    AClient(String connectString, int timeoutMs) throws Exception {
        zooKeeper = new ZooKeeper(connectString, timeoutMs, this::told, new ZKClientConfig());
        await(KeeperState.SyncConnected);
    }

    private void told(WatchedEvent event) {
        if (event.getType() == EventType.None) {
            states.add(event.getState());
        }
    }

    /** Returns when the client was told that, after what it was told before. */
    void await(KeeperState awaited) throws InterruptedException {
        for (KeeperState told = states.take(); told != awaited; told = states.take()) {
            assertNotEquals(KeeperState.Expired, told);
        }
    }

    long sessionId() {
        return zooKeeper.getSessionId();
    }

    ZooKeeper.States state() {
        return zooKeeper.getState();
    }

    void create(String path, CreateMode mode) throws Exception {
        zooKeeper.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, mode);
    }

    /** Writes, again and again while connections are lost. */
    void setUntilDone(String path, String text) throws Exception {
        while (true) {
            try {
                zooKeeper.setData(path, text.getBytes(UTF_8), -1);
                return;
            } catch (ConnectionLossException e) {
                // It connects to another server.
            }
        }
    }

    /** Reads what is newest. */
    String get(String path) throws Exception {
        while (true) {
            try {
                zooKeeper.sync(path);
                return new String(zooKeeper.getData(path, false, null), UTF_8);
            } catch (ConnectionLossException e) {
                // As above.
            }
        }
    }

    boolean exists(String path) throws KeeperException, InterruptedException {
        return zooKeeper.exists(path, false) != null;
    }

    @Override
    public void close() {
        try {
            zooKeeper.close(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
