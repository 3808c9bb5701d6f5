package io.pando.test.crash;

import io.pando.test.harness.RawClient;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that keeps 64 writes in flight until the server is gone. Two threads: one sends, one takes the answers and
 * owns the ledger; {@code sent} is shared by both and read by the test once they have ended.
 */
final class Writer {
    private static final int IN_FLIGHT = 64;

    private final RawClient client;
    private final Ledger ledger;
    private final AtomicInteger sent;
    private final Semaphore window = new Semaphore(IN_FLIGHT);
    private final AtomicInteger acknowledgedByAll;
    private final Thread sending;
    private final Thread receiving;
    private volatile AssertionError wrong = new AssertionError("none");

    Writer(RawClient client, Ledger ledger, AtomicInteger acknowledgedByAll) {
        this.client = client;
        this.ledger = ledger;
        this.sent = new AtomicInteger(ledger.applied());
        this.acknowledgedByAll = acknowledgedByAll;
        this.sending = Thread.ofPlatform().daemon().name("writer-sends").start(this::send);
        this.receiving = Thread.ofPlatform().daemon().name("writer-receives").start(this::receive);
    }

    private void send() {
        try {
            for (int n = sent.get(); ; n++) {
                window.acquire();
                // Counted before it goes out: a write may be carried out by a server that dies while we return.
                sent.set(n + 1);
                ledger.send(client, n);
            }
        } catch (IOException | InterruptedException e) {
            // The server is gone, which is what the test is about.
        }
    }

    private void receive() {
        try {
            for (int n = ledger.applied(); ; n++) {
                ledger.acknowledged(n, client.receive());
                window.release();
                acknowledgedByAll.incrementAndGet();
            }
        } catch (IOException e) {
            // The server is gone, which is what the test is about.
        } catch (AssertionError e) {
            wrong = e;
        } finally {
            sending.interrupt();
        }
    }

    /** Waits for both threads to notice that the server is gone; returns how many writes were sent in all. */
    int awaitEnd() throws InterruptedException {
        receiving.join();
        sending.join();
        client.close();
        if (!"none".equals(wrong.getMessage())) throw wrong;
        return sent.get();
    }
}
