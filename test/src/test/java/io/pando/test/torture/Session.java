package io.pando.test.torture;

import io.pando.test.harness.EventLog;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/** A session of Apache's client, and another when that has ended. Used by one thread. */
final class Session implements AutoCloseable {
    static final int TIMEOUT_MS = 6_000;

    private static final long POLL_NANOS = 5_000_000;
    private static final Set<Code> OF_THE_CONNECTION =
            Set.of(Code.CONNECTIONLOSS, Code.SESSIONEXPIRED, Code.SESSIONMOVED, Code.OPERATIONTIMEOUT);

    private final String connectString;
    private @Nullable ZooKeeper client;

    Session(String connectString) {
        this.connectString = connectString;
    }

    static boolean isOfTheConnection(KeeperException failure) {
        return OF_THE_CONNECTION.contains(failure.code());
    }

    /** A client that is connected now; which is another than before if the session has ended. */
    ZooKeeper connected() throws IOException, InterruptedException {
        while (true) {
            if (Thread.interrupted()) throw new InterruptedException();
            ZooKeeper current = client;
            if (current == null || !current.getState().isAlive()) {
                close();
                client = new ZooKeeper(connectString, TIMEOUT_MS, new EventLog());
            } else if (current.getState().isConnected()) {
                return current;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        try {
            if (client != null) client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
