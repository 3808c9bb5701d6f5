package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingLoopsTest {
    private final EmbeddedChannel core = new EmbeddedChannel();
    private final EmbeddedChannel other = new EmbeddedChannel();
    private final List<String> journal = new ArrayList<>();

    @Test
    void others_are_woken_before_the_core_serves_its_own_clients() {
        ServingLoops loops = new ServingLoops(core.eventLoop()::equals);
        ServingLoop.Place onCore = loops.of(core.eventLoop()).placeOf(new Looker());
        ServingLoop.Place elsewhere = loops.of(other.eventLoop()).placeOf(new Looker());

        onCore.note();
        elsewhere.note();
        loops.wake();
        assertEquals(List.of("looks while the other is awake"), journal);

        other.runPendingTasks();
        assertEquals(2, journal.size());
    }

    private final class Looker implements ServingLoop.Served {
        @Override
        public void lookIntoOutbox() {
            journal.add("looks while the other " + (other.hasPendingTasks() ? "is awake" : "sleeps"));
        }

        @Override
        public void onTurn() {}
    }
}
