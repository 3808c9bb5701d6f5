package io.pando.test.torture;

import io.pando.test.harness.EventLog;
import io.pando.test.harness.Member;
import io.pando.test.harness.ZooKeeperClients;
import java.io.IOException;
import org.apache.zookeeper.ZooKeeper;

/** Somebody who sees with the eyes of one server, at which it is attached directly. */
record Witness(Member server, ZooKeeper client) implements AutoCloseable {
    static Witness of(Member server) throws IOException {
        return new Witness(
                server, ZooKeeperClients.connect(server.connectString(), 4 * Session.TIMEOUT_MS, new EventLog()));
    }

    String name() {
        return "witness of " + server;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
