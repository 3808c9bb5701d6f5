package io.pando.test.faults;

import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.EventLog.Seen;
import io.pando.test.harness.ZooKeeperClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** Sessions that each leave a one-shot watch before a fault, and have to be told of one change after it, once. */
final class Watching {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String path;
    private final List<ZooKeeper> clients = new ArrayList<>();
    private final List<EventLog> logs = new ArrayList<>();

    /** One session that prefers each of the servers. */
    Watching(Ensemble ensemble, String root) throws Exception {
        path = root + "/watched";
        for (int i = 0; i < ensemble.members().size(); i++) {
            EventLog log = new EventLog();
            logs.add(log);
            clients.add(ZooKeeperClients.connect(ensemble.connectString(), Work.SESSION_TIMEOUT_MS, log));
        }
        clients.getFirst().create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    void begin() {
        for (int i = 0; i < clients.size(); i++) {
            ZooKeeper client = clients.get(i);
            logs.get(i).clear();
            Await.until("a watch is left", PATIENCE, () -> {
                client.getData(path, true, null);
                return true;
            });
        }
    }

    void awaitFired() throws IOException {
        ZooKeeper writer = clients.getFirst();
        Await.until("the watched znode is changed", PATIENCE, () -> writer.setData(path, new byte[0], -1) != null);
        for (int i = 0; i < clients.size(); i++) {
            EventLog log = logs.get(i);
            if (!Await.happens(PATIENCE, () -> !log.seen().isEmpty())) {
                throw new AssertionError(
                        "Watcher " + i + " was not told of the change; its states were " + log.states());
            }
            List<Seen> seen = log.seen();
            if (!seen.equals(List.of(new Seen(EventType.NodeDataChanged, path)))) {
                throw new AssertionError("Watcher " + i + " was told " + seen);
            }
        }
    }

    void end() {
        Work.closeAll(clients);
    }
}
