package io.pando.testing;

import java.util.concurrent.CountDownLatch;

/** Where a server's core thread stands while the server is paused. */
final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Stands at the gate until it is opened. Core thread. */
    void stand() {
        reached.countDown();
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isReached() {
        return reached.getCount() == 0;
    }

    void open() {
        opened.countDown();
    }
}
