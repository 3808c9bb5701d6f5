package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is on an event loop whose clock stands still: what is due later, however soon, is what comes behind the sockets. */
class ServingLoopTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ServingLoop loop = new ServingLoop(channel.eventLoop(), false);
    private final List<String> journal = new ArrayList<>();

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @Test
    void a_connection_is_woken_once_however_often_the_core_has_news_before_it_looks() {
        Connection behind = new Connection("behind");

        for (int turn = 0; turn < 3; turn++) {
            behind.place.note();
            behind.place.note();
            loop.wake();
        }
        passSockets();

        assertEquals(List.of("behind looks"), journal);
    }

    @Test
    void news_that_come_while_a_connection_looks_have_it_look_again() {
        Connection curious = new Connection("curious");
        curious.whileLooking = () -> {
            curious.whileLooking = () -> {};
            curious.place.note();
            loop.wake();
        };

        curious.place.note();
        loop.wake();
        passSockets();

        assertEquals(List.of("curious looks", "curious looks"), journal);
    }

    @Test
    void nobody_looks_before_the_core_has_ended_its_turn() {
        Connection connection = new Connection("early");

        connection.place.note();
        passSockets();

        assertEquals(List.of(), journal);
    }

    @Test
    void sockets_have_their_turn_after_some_have_looked() {
        for (int i = 0; i < 150; i++) {
            new Connection("one of many").place.note();
        }

        loop.wake();

        for (int looks : List.of(64, 64, 22)) {
            passSockets();
            assertEquals(Collections.nCopies(looks, "one of many looks"), journal);
            journal.clear();
            letSocketsHaveTheirTurn();
        }
        passSockets();
        assertEquals(List.of(), journal);
    }

    @Test
    void on_the_cores_own_loop_some_look_before_the_core_goes_on_and_the_rest_behind_sockets() {
        ServingLoop cores = new ServingLoop(channel.eventLoop(), true);
        for (int i = 0; i < 150; i++) {
            new Connection("one of many", cores).place.note();
        }

        cores.wake();

        for (int looks : List.of(64, 64, 22)) {
            assertEquals(Collections.nCopies(looks, "one of many looks"), journal);
            journal.clear();
            passSockets();
            assertEquals(List.of(), journal);
            letSocketsHaveTheirTurn();
        }
        assertEquals(List.of(), journal);
    }

    @Test
    void turns_of_the_core_do_not_add_up_to_more_looks_before_sockets_have_theirs() {
        ServingLoop cores = new ServingLoop(channel.eventLoop(), true);
        for (int i = 0; i < 300; i++) {
            new Connection("one of many", cores).place.note();
        }
        Connection busy = new Connection("busy", cores);
        for (int turn = 0; turn < 3; turn++) {
            busy.place.note();
            cores.wake();
        }
        journal.clear();

        letSocketsHaveTheirTurn();

        assertEquals(Collections.nCopies(64, "one of many looks"), journal);
    }

    @Test
    void one_long_reply_is_sent_at_a_time_and_sockets_have_their_turn_in_between() {
        Connection first = new Connection("first");
        Connection second = new Connection("second");

        first.place.awaitTurn();
        second.place.awaitTurn();

        passSockets();
        assertEquals(List.of(), journal);
        letSocketsHaveTheirTurn();
        assertEquals(List.of("first sends"), journal);
        letSocketsHaveTheirTurn();
        assertEquals(List.of("first sends", "second sends"), journal);
    }

    @Test
    void whoever_wants_another_turn_has_it_when_the_others_have_had_theirs() {
        Connection greedy = new Connection("greedy");
        Connection modest = new Connection("modest");
        greedy.whileSending = greedy.place::awaitTurn;

        greedy.place.awaitTurn();
        modest.place.awaitTurn();
        for (int i = 0; i < 3; i++) {
            letSocketsHaveTheirTurn();
        }

        assertEquals(List.of("greedy sends", "modest sends", "greedy sends"), journal);
    }

    @Test
    void whoever_wants_turn_after_turn_alone_has_one_at_a_time() {
        Connection alone = new Connection("alone");
        alone.whileSending = alone.place::awaitTurn;

        alone.place.awaitTurn();

        for (int i = 0; i < 3; i++) {
            letSocketsHaveTheirTurn();
            assertEquals(List.of("alone sends"), journal);
            journal.clear();
        }
    }

    /** Whatever does not come behind the sockets is done. */
    private void passSockets() {
        channel.runPendingTasks();
    }

    private void letSocketsHaveTheirTurn() {
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    private final class Connection implements ServingLoop.Served {
        private final String name;
        private final ServingLoop.Place place;
        private Runnable whileLooking = () -> {};
        private Runnable whileSending = () -> {};

        Connection(String name) {
            this(name, loop);
        }

        Connection(String name, ServingLoop loop) {
            this.name = name;
            this.place = loop.placeOf(this);
        }

        @Override
        public void lookIntoOutbox() {
            journal.add(name + " looks");
            whileLooking.run();
        }

        @Override
        public void onTurn() {
            journal.add(name + " sends");
            whileSending.run();
        }
    }
}
