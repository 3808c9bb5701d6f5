package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Connections connections = new Connections();
    private final ExecutorService closer = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        closer.shutdownNow();
    }

    @Test
    void when_all_are_closed_they_are_waited_for() throws Exception {
        Told first = new Told();
        Told second = new Told();
        connections.add(first);
        connections.add(second);

        Future<Boolean> closed = closer.submit(() -> {
            connections.closeAll(LONG);
            return connections.all().isEmpty();
        });
        first.toldToClose.await();
        second.toldToClose.await();
        connections.remove(first);
        connections.remove(second);

        assertTrue(closed.get(10, TimeUnit.SECONDS), "long before its patience is at an end");
    }

    @Test
    void who_comes_behind_that_is_closed_at_once() throws Exception {
        connections.closeAll(LONG);

        Told late = new Told();
        connections.add(late);

        assertEquals(0, late.toldToClose.getCount());
    }

    @Test
    void who_can_not_be_closed_is_not_waited_for_for_ever() throws Exception {
        Told stuck = new Told();
        connections.add(stuck);

        connections.closeAll(Duration.ofMillis(1));

        assertEquals(List.of(stuck), List.copyOf(connections.all()));
    }

    private static final class Told extends BacklogTest.Reader {
        private final CountDownLatch toldToClose = new CountDownLatch(1);

        Told() {
            super(0);
        }

        @Override
        public void close() {
            toldToClose.countDown();
        }
    }
}
