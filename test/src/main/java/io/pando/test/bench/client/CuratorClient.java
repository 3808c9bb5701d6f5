package io.pando.test.bench.client;

import io.pando.test.bench.load.LoadException;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;

/** Apache Curator, which stands on Apache's client. */
final class CuratorClient implements ClientUnderTest {
    private static final int RETRY_AFTER_MS = 1_000;

    private final CuratorFramework curator;

    /** Returns when the session stands. */
    CuratorClient(String server) throws InterruptedException {
        int patienceMs = (int) ClientLibrary.CONNECT_PATIENCE.toMillis();
        curator = CuratorFrameworkFactory.newClient(
                server, (int) ClientLibrary.SESSION_TIMEOUT.toMillis(), patienceMs, new RetryOneTime(RETRY_AFTER_MS));
        curator.start();
        if (!curator.blockUntilConnected(patienceMs, TimeUnit.MILLISECONDS)) {
            throw new LoadException("Curator gets no session at " + server + ".");
        }
    }

    @Override
    public void get(String path, Answered answered) throws Exception {
        curator.getData()
                .inBackground((client, event) -> answered.with(event.getResultCode() == 0))
                .forPath(path);
    }

    @Override
    public void set(String path, byte[] data, Answered answered) throws Exception {
        curator.setData()
                .inBackground((client, event) -> answered.with(event.getResultCode() == 0))
                .forPath(path, data);
    }

    @Override
    public void getNow(String path) throws Exception {
        curator.getData().forPath(path);
    }

    @Override
    public void setNow(String path, byte[] data) throws Exception {
        curator.setData().forPath(path, data);
    }

    @Override
    public void close() {
        curator.close();
    }
}
