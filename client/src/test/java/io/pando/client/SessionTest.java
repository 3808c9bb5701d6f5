package io.pando.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.connection.ConnectionEvent;
import io.pando.client.connection.ConnectionEvent.Closed;
import io.pando.client.connection.ConnectionEvent.Connected;
import io.pando.client.connection.ConnectionEvent.IdentityRefused;
import io.pando.client.connection.ConnectionEvent.Lost;
import io.pando.client.connection.ConnectionEvent.Paused;
import io.pando.client.connection.ConnectionEvent.ReadOnly;
import io.pando.client.connection.ConnectionEvent.Reconnected;
import io.pando.client.connection.ConnectionEvent.Suspended;
import io.pando.client.connection.ConnectionEvent.Verdict;
import io.pando.client.connection.ConnectionState;
import io.pando.client.connection.Session;
import io.pando.client.connection.TriedServer;
import io.pando.client.connection.TriedServer.Problem;
import io.pando.client.error.ClosedException;
import io.pando.client.error.NoServerException;
import io.pando.client.error.PandoException;
import io.pando.client.error.Retry;
import io.pando.client.error.SessionExpiredException;
import io.pando.client.loop.ClientLoops;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.SessionRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How a session is begun, kept, lost and ended, as the server sees it and as the application is told. */
class SessionTest {
    private static final Stat STAT = new Stat(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1);

    private final Events<ConnectionEvent> events = new Events<>();

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    @Test
    void a_session_is_returned_to_with_its_password_and_the_last_zxid_seen() throws Exception {
        try (var pando = server.client().listener(events).open()) {
            var first = server.accept().welcome(7, 10_000);
            assertEquals(7, events.next(Connected.class).session().id());
            var read = pando.exists("/a").async();
            first.answer(first.hear(), 0x123, new Reply.OnlyStat(STAT));
            read.get();

            first.close();
            events.next(Suspended.class);
            var second = server.accept();

            assertEquals(0, first.hello().sessionId());
            assertEquals(7, second.hello().sessionId());
            assertEquals(0x123, second.hello().lastZxidSeen());
            assertArrayEquals(ScriptedServer.PASSWORD.bytes(), second.hello().password());
            second.welcome(7, 10_000);
            assertEquals(7, events.next(Reconnected.class).session().id());
            second.close();
        }
    }

    @Test
    void an_idle_session_is_kept_alive_by_pings_and_a_silent_server_is_left() throws Exception {
        try (var pando = server.client().listener(events).open()) {
            // A third of it is left for the way to the next server.
            var silent = server.accept().welcome(7, 6_000);
            events.next(Connected.class);

            assertEquals(OpCode.PING, silent.hearAny().request().op());
            assertTrue(silent.ends());

            events.next(Suspended.class);
            var next = server.accept().welcome(7, 10_000);
            events.next(Reconnected.class);
            assertEquals(ConnectionState.CONNECTED, pando.state());
            server.close();
            next.close();
        }
    }

    @Test
    void identities_and_watches_are_told_to_each_server_before_any_request() throws Exception {
        try (var pando = server.client().digest("me", "secret").open()) {
            var read = pando.getData("/watched").watched().async();
            var first = server.accept().welcome(7, 10_000);
            assertArrayEquals(
                    "me:secret".getBytes(UTF_8),
                    first.hear().as(SessionRequest.Auth.class).auth());
            first.answer(first.hear(), 5, new Reply.DataAndStat(new byte[0], STAT));
            read.get();

            first.close();
            pando.exists("/later").async();
            var second = server.accept().welcome(7, 10_000);

            assertEquals(OpCode.AUTH, second.hear().request().op());
            assertEquals(OpCode.SET_WATCHES, second.hear().request().op());
            assertEquals(OpCode.EXISTS, second.hear().request().op());
            second.close();
        }
    }

    @Test
    void a_session_that_the_server_has_ended_is_lost_and_another_is_begun() throws Exception {
        try (var pando = server.client().listener(events).open()) {
            server.accept().welcome(7, 10_000).close();
            events.next(Connected.class);
            events.next(Suspended.class);
            var write = pando.setData("/a", "x").async();

            server.accept().refuse();

            var lost = events.next(Lost.class);
            assertEquals(7, lost.session().id());
            assertEquals(Verdict.SERVER, lost.verdict());
            assertEquals(SessionExpiredException.class, failureOf(write).getClass());
            var next = server.accept();
            assertEquals(0, next.hello().sessionId());
            next.welcome(8, 10_000);
            assertEquals(8, events.next(Connected.class).session().id());
            next.close();
        }
    }

    @Test
    void a_session_that_nothing_was_heard_of_for_its_timeout_is_given_up_and_ended_at_the_first_server_reached()
            throws Exception {
        try (var pando = server.client()
                .listener(events)
                .connectTimeout(Duration.ofSeconds(20))
                .open()) {
            server.accept().welcome(7, 300).close();
            events.next(Connected.class);
            events.next(Suspended.class);
            var hesitant = server.accept();

            assertEquals(Verdict.TIMEOUT, events.next(Lost.class).verdict());
            assertTrue(pando.session().isEmpty());

            hesitant.welcome(7, 300);
            assertEquals(OpCode.CLOSE_SESSION, hesitant.hear().request().op());
            hesitant.close();
            var next = server.accept();
            assertEquals(0, next.hello().sessionId());
            next.welcome(8, 10_000);
            assertEquals(8, events.next(Connected.class).session().id());
            next.close();
        }
    }

    @Test
    void a_client_that_is_told_so_closes_when_its_session_is_lost() throws Exception {
        try (var pando = server.client().listener(events).closeWhenLost().open()) {
            server.accept().welcome(7, 10_000).close();
            events.next(Connected.class);
            events.next(Suspended.class);

            server.accept().refuse();

            events.next(Lost.class);
            events.next(Closed.class);
            assertThrows(ClosedException.class, () -> pando.getData("/a").now());
        }
    }

    @Test
    void a_session_is_taken_over_from_a_client_that_has_left_it() throws Exception {
        var leaving = server.client().listener(events).open();
        var left = server.accept().welcome(7, 10_000);
        events.next(Connected.class);
        Session session = leaving.detach().orElseThrow();
        assertTrue(left.ends());

        try (var pando = server.client().takeOver(session).open()) {
            var connection = server.accept();
            assertEquals(7, connection.hello().sessionId());
            connection.welcome(7, 10_000);
            assertEquals(session, pando.awaitConnected(Duration.ofSeconds(20)));
            connection.close();
        }
    }

    @Test
    void a_server_that_only_reads_is_left_for_one_that_has_a_quorum() throws Exception {
        try (var pando = server.client().readOnlyAllowed().listener(events).open()) {
            var reading = server.accept();
            assertTrue(reading.hello().readOnly());
            reading.welcomeReadOnly(7, 10_000);
            events.next(ReadOnly.class);
            assertEquals(ConnectionState.READ_ONLY, pando.state());

            var refusing = server.accept();
            assertFalse(refusing.hello().readOnly());
            assertEquals(0, refusing.hello().sessionId());
            refusing.close();
            assertEquals(ConnectionState.READ_ONLY, pando.state());
            var serving = server.accept().welcome(8, 10_000);

            assertEquals(8, events.next(Connected.class).session().id());
            assertTrue(reading.ends());
            server.close();
            serving.close();
        }
    }

    @Test
    void closing_ends_the_session_and_answers_what_is_under_way_first() throws Exception {
        var pando = server.client().open();
        var connection = server.accept().welcome(7, 10_000);
        var read = pando.exists("/a").async();
        var asked = connection.hear();
        var closing = new Thread(pando::close);
        closing.start();

        var goodbye = connection.hear();
        assertEquals(OpCode.CLOSE_SESSION, goodbye.request().op());
        connection.answer(asked, 5, new Reply.OnlyStat(STAT));
        connection.answer(goodbye, 6, new Reply.Nothing());

        assertEquals(STAT, read.get().orElseThrow());
        closing.join();
        assertEquals(ConnectionState.CLOSED, pando.state());
    }

    @Test
    void closing_does_not_wait_for_ever() throws Exception {
        var pando = server.client()
                .closeTimeout(Duration.ofMillis(50))
                .listener(events)
                .open();
        var connection = server.accept().welcome(7, 10_000);
        events.next(Connected.class);

        pando.close();
        pando.close();

        assertEquals(OpCode.CLOSE_SESSION, connection.hear().request().op());
        assertTrue(connection.ends());
        events.next(Closed.class);
    }

    @Test
    void an_identity_that_is_refused_is_not_told_again() throws Exception {
        try (var pando = server.client().digest("me", "secret").listener(events).open()) {
            var first = server.accept().welcome(7, 10_000);
            first.refuse(first.hear(), 0, ErrorCode.AUTH_FAILED.code());
            first.close();
            events.next(Connected.class);
            assertEquals("digest", events.next(IdentityRefused.class).scheme());

            var read = pando.exists("/a").async();
            var second = server.accept().welcome(7, 10_000);
            var asked = second.hear();
            assertEquals(OpCode.EXISTS, asked.request().op());
            second.answer(asked, 1, new Reply.OnlyStat(STAT));
            read.get();
            second.close();
        }
    }

    @Test
    void a_pause_of_the_process_is_told_with_what_was_left_of_the_session() throws Exception {
        try (var loops = ClientLoops.of(1);
                var pando = server.client()
                        .loops(loops)
                        .pauseReported(Duration.ofMillis(300))
                        .listener(events)
                        .open()) {
            var connection = server.accept().welcome(7, 6_000);
            events.next(Connected.class);
            var stop = new CountDownLatch(1);
            var standingStill = loops.next().submit(() -> stop.await(1, TimeUnit.SECONDS));

            // A busy machine may have made pauses of its own before.
            var paused = events.next(Paused.class);
            while (!standingStill.isDone()) {
                paused = events.next(Paused.class);
            }

            assertTrue(paused.stoodStill().toMillis() >= 300, paused.toString());
            assertTrue(paused.sessionLeft().toMillis() < 6_000, paused.toString());
            assertEquals(pando.session().orElseThrow(), paused.session());
            connection.close();
        }
    }

    @Test
    void what_is_left_of_a_session_shrinks_while_the_process_stands_still() throws Exception {
        try (var loops = ClientLoops.of(1);
                var pando = server.client().loops(loops).listener(events).open()) {
            assertEquals(Duration.ZERO, pando.sessionLeft());
            var connection = server.accept().welcome(7, 4_000);
            events.next(Connected.class);
            var goOn = new CountDownLatch(1);
            var standingStill = loops.next().submit(() -> goOn.await(20, TimeUnit.SECONDS));

            while (!pando.sessionLeft().isNegative()) {
                Thread.sleep(1);
            }

            assertEquals(ConnectionState.CONNECTED, pando.state(), "nobody was told yet");
            goOn.countDown();
            assertTrue(standingStill.get());
            connection.close();
        }
    }

    @Test
    void the_loss_of_a_connection_is_told_with_what_was_left_of_the_session() throws Exception {
        try (var pando = server.client().listener(events).open()) {
            server.accept().welcome(7, 10_000_000).close();
            var session = events.next(Connected.class).session();

            var suspended = events.next(Suspended.class);

            assertFalse(suspended.sinceSignOfLife().isNegative(), suspended.toString());
            assertEquals(session.timeout().minus(suspended.sinceSignOfLife()), suspended.sessionLeft());
            assertTrue(pando.sessionLeft().compareTo(suspended.sessionLeft()) <= 0, suspended.toString());
            assertTrue(pando.sessionLeft().compareTo(Duration.ZERO) > 0, suspended.toString());
        }
    }

    @Test
    void who_waits_in_vain_for_a_connection_is_told_what_came_of_each_server() throws Exception {
        var tooLongToBeKnown = "x".repeat(300);
        try (var deaf = new Socket();
                var pando = Pando.connect(
                                "127.0.0.1:" + portOf(deaf) + "," + tooLongToBeKnown + ":1," + server.address())
                        .inGivenOrder()
                        .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
                        .connectTimeout(Duration.ofSeconds(60))
                        .open()) {
            var hello = server.accept();

            var failure = assertThrows(NoServerException.class, () -> pando.awaitConnected(Duration.ofMillis(1)));

            assertEquals(
                    List.of(Problem.REFUSED, Problem.NAME_UNKNOWN, Problem.NO_ANSWER_YET),
                    failure.tried().stream().map(TriedServer::problem).toList());
            assertTrue(failure.toString().contains(tooLongToBeKnown + ":1: its name is not known"), failure.toString());
            assertTrue(
                    failure.toString().contains(" 127.0.0.1:" + deaf.getLocalPort() + ": refused the connection ("),
                    failure.toString());
            assertEquals(Retry.SAFE, failure.retry());
            hello.close();
        }
    }

    @Test
    void a_server_that_ends_the_connection_instead_of_opening_a_session_does_not_serve() throws Exception {
        try (var pando = server.client().open()) {
            server.accept().close();
            var again = server.accept();

            var failure = assertThrows(NoServerException.class, () -> pando.awaitConnected(Duration.ofMillis(1)));

            assertEquals(Problem.NOT_SERVING, failure.tried().get(0).problem());
            again.close();
        }
    }

    /** Bound, so that nobody else gets it, and without an ear. */
    private static int portOf(Socket deaf) throws Exception {
        deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return deaf.getLocalPort();
    }

    @Test
    void callbacks_run_one_after_another_and_never_on_an_event_loop() throws Exception {
        try (var pando = server.client().open()) {
            var connection = server.accept().welcome(7, 10_000);
            var thread = pando.exists("/a")
                    .async()
                    .thenApply(found -> Thread.currentThread().getName());
            connection.answer(connection.hear(), 1, new Reply.OnlyStat(STAT));

            assertTrue(thread.get().startsWith("pando-callback"), thread.get());
            assertNotEquals(Thread.currentThread().getName(), thread.get());
            connection.close();
        }
    }

    private static PandoException failureOf(Future<?> future) {
        var failed = assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS));
        return assertInstanceOf(PandoException.class, failed.getCause());
    }
}
