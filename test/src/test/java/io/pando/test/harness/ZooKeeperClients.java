package io.pando.test.harness;

import java.io.IOException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** Apache's Java client, ready to be used. */
public final class ZooKeeperClients {
    private ZooKeeperClients() {}

    /** A client whose session stands. */
    public static ZooKeeper connect(String connectString, int timeoutMs, EventLog events) throws IOException {
        ZooKeeper client = new ZooKeeper(connectString, timeoutMs, events);
        events.awaitState(KeeperState.SyncConnected);
        return client;
    }

    /** A client that takes over a session by its id and password. */
    public static ZooKeeper resume(String connectString, int timeoutMs, EventLog events, long id, byte[] password)
            throws IOException {
        return new ZooKeeper(connectString, timeoutMs, events, id, password);
    }
}
