package io.pando.test.harness;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;

/** Curator's client, ready to be used. */
public final class CuratorClients {
    private static final int SESSION_TIMEOUT_MS = 30_000;
    private static final int CONNECTION_TIMEOUT_MS = 15_000;
    private static final int PATIENCE_S = 30;

    private CuratorClients() {}

    /**
     * A client that is connected and has told everybody so: some of Curator's recipes begin once more when they are told, and what a test
     * does first would otherwise race with that.
     */
    public static CuratorFramework connect(String connectString) throws InterruptedException {
        CuratorFramework client = CuratorFrameworkFactory.newClient(
                connectString, SESSION_TIMEOUT_MS, CONNECTION_TIMEOUT_MS, new RetryOneTime(100));
        CountDownLatch told = new CountDownLatch(1);
        client.getConnectionStateListenable().addListener((connected, state) -> {
            if (state == ConnectionState.CONNECTED) told.countDown();
        });
        client.start();
        if (!told.await(PATIENCE_S, TimeUnit.SECONDS)) {
            client.close();
            throw new AssertionError("Curator has not connected to " + connectString + " for " + PATIENCE_S + " s");
        }
        return client;
    }
}
