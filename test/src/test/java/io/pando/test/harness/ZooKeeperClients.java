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

    /** What is done with a client. */
    @FunctionalInterface
    public interface Use<T> {
        T with(ZooKeeper client) throws Exception;
    }

    /** Lets somebody use a client, whose session ends afterwards. */
    public static <T> T use(String connectString, int timeoutMs, Use<T> use) throws Exception {
        ZooKeeper client = connect(connectString, timeoutMs, new EventLog());
        try {
            return use.with(client);
        } finally {
            client.close();
        }
    }

    /** A client that takes over a session by its id and password. */
    public static ZooKeeper resume(String connectString, int timeoutMs, EventLog events, long id, byte[] password)
            throws IOException {
        return new ZooKeeper(connectString, timeoutMs, events, id, password);
    }
}
