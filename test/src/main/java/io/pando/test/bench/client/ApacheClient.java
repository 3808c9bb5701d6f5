package io.pando.test.bench.client;

import io.pando.test.bench.load.LoadException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** The one that comes with Apache ZooKeeper. */
final class ApacheClient implements ClientUnderTest {
    private static final int ANY_VERSION = -1;

    private final ZooKeeper zooKeeper;

    /** Returns when the session stands. */
    ApacheClient(String server) throws IOException, InterruptedException {
        var connected = new CountDownLatch(1);
        zooKeeper = new ZooKeeper(server, (int) ClientLibrary.SESSION_TIMEOUT.toMillis(), event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        if (!connected.await(ClientLibrary.CONNECT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new LoadException("Apache's client gets no session at " + server + ".");
        }
    }

    @Override
    public void get(String path, Answered answered) {
        zooKeeper.getData(path, false, (error, asked, context, data, stat) -> answered.with(error == 0), null);
    }

    @Override
    public void set(String path, byte[] data, Answered answered) {
        zooKeeper.setData(path, data, ANY_VERSION, (error, asked, context, stat) -> answered.with(error == 0), null);
    }

    @Override
    public void getNow(String path) throws KeeperException, InterruptedException {
        zooKeeper.getData(path, false, null);
    }

    @Override
    public void setNow(String path, byte[] data) throws KeeperException, InterruptedException {
        zooKeeper.setData(path, data, ANY_VERSION);
    }

    @Override
    public void close() {
        try {
            zooKeeper.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("Interrupted while Apache's client closed.", e);
        }
    }
}
