package io.pando.test.bench.client;

import io.pando.client.Pando;

/** Ours. */
final class PandoClient implements ClientUnderTest {
    private final Pando pando;

    /** Returns when the session stands. */
    PandoClient(String server) throws InterruptedException {
        pando = Pando.connect(server)
                .sessionTimeout(ClientLibrary.SESSION_TIMEOUT)
                .open();
        pando.awaitConnected(ClientLibrary.CONNECT_PATIENCE);
    }

    @Override
    public void get(String path, Answered answered) {
        pando.getData(path).async().whenComplete((data, failure) -> answered.with(failure == null));
    }

    @Override
    public void set(String path, byte[] data, Answered answered) {
        pando.setData(path, data).async().whenComplete((stat, failure) -> answered.with(failure == null));
    }

    @Override
    public void getNow(String path) throws InterruptedException {
        pando.getData(path).now();
    }

    @Override
    public void setNow(String path, byte[] data) throws InterruptedException {
        pando.setData(path, data).now();
    }

    @Override
    public void close() {
        pando.close();
    }
}
