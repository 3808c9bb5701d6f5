package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pando.zab.transport.LoopThread;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientPortTest {
    private final LoopThread core = new LoopThread("pando-core", Duration.ZERO);
    private final ClientPort port = new ClientPort(core.loop(), 0, 3, Duration.ZERO, 64L << 20);

    @AfterEach
    void stop() {
        port.stop();
        core.close();
    }

    @Test
    void no_tick_passes_while_one_event_loop_of_several_stands_still() throws InterruptedException {
        CountDownLatch stands = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        port.every(1, () -> {
            stands.countDown();
            awaitQuietly(goesOn);
        });
        stands.await();

        CountDownLatch tick = new CountDownLatch(1);
        port.every(1, tick::countDown);

        assertFalse(tick.await(50, TimeUnit.MILLISECONDS));
        goesOn.countDown();
        tick.await();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
