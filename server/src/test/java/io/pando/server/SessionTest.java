package io.pando.server;

import static io.pando.server.Requests.EPHEMERAL;
import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.existsAndWatch;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.ErrorCode;
import io.pando.server.SocketClient.Frame;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.EventType;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.SessionRequest;
import io.pando.session.WatchEvent;
import io.pando.session.WriteRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the handshake to the end of a session: {@code wire-protocol.md} sections 5 and 6. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTest {
    private static final int TICK_MS = 50;
    private static final int SHORT_MS = 4 * TICK_MS;

    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        server = AServer.in(directory, "tickTime=" + TICK_MS, "maxSessionTimeout=" + SocketClient.LONG_TIMEOUT_MS);
    }

    @AfterAll
    void stopServer() {
        server.stop();
    }

    @ParameterizedTest
    @CsvSource({"-1, 100", "0, 100", "99, 100", "100, 100", "30000, 30000", "40001, 40000", "2147483647, 40000"})
    void a_timeout_is_what_the_client_wishes_within_the_limits(int wished, int granted) throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            assertEquals(granted, client.attach(SocketClient.newSession(wished)).timeoutMs());
        }
    }

    @Test
    void every_session_has_an_id_and_a_password_of_its_own() throws Exception {
        try (var one = SocketClient.open(server.clientPort());
                var other = SocketClient.open(server.clientPort())) {
            var first = one.attach(longSession());
            var second = other.attach(longSession());

            assertNotEquals(first.sessionId(), second.sessionId());
            assertTrue(!Arrays.equals(first.password(), second.password()));
        }
    }

    @Test
    void requests_may_follow_the_handshake_at_once() throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            client.send(longSession()::writeFrame);
            client.send(newZnode("/at-once"), exists("/at-once"));

            assertTrue(client.receiveHandshake().timeoutMs() > 0);
            assertEquals(0, client.receive().header().err());
            assertEquals(0, client.receive().header().err());
        }
    }

    @Test
    void a_client_that_lost_its_connection_finds_its_session_as_it_was() throws Exception {
        ConnectResponse session;
        try (var before = SocketClient.open(server.clientPort())) {
            session = before.attach(longSession());
            before.ask(newZnode("/mine", EPHEMERAL));
        }

        try (var after = SocketClient.open(server.clientPort())) {
            ConnectResponse again = after.attach(SocketClient.again(session));

            assertEquals(session.sessionId(), again.sessionId());
            assertArrayEquals(session.password(), again.password());
            assertEquals(List.of("/mine"), List.copyOf(ephemeralsOf(after)));
        }
    }

    @Test
    void a_wrong_password_is_refused_and_disturbs_nobody() throws Exception {
        try (var owner = SocketClient.open(server.clientPort())) {
            ConnectResponse session = owner.attach(longSession());

            assertRefused(SocketClient.again(session, new byte[16]));
            assertRefused(SocketClient.again(session, null));
            assertRefused(SocketClient.again(session, new byte[0]));

            assertEquals(0, owner.ask(exists("/")).header().err());
        }
    }

    @Test
    void a_session_that_never_was_is_refused_like_one_that_is_over() throws Exception {
        assertRefused(new ConnectRequest(0, 0, 1000, 0x1234, new byte[16], false, true));
    }

    @Test
    void a_second_connection_takes_the_session_from_the_first() throws Exception {
        try (var first = SocketClient.open(server.clientPort());
                var second = SocketClient.open(server.clientPort())) {
            ConnectResponse session = first.attach(longSession());
            first.ask(newZnode("/moved", EPHEMERAL));

            assertEquals(
                    session.sessionId(),
                    second.attach(SocketClient.again(session)).sessionId());

            assertTrue(first.isClosedByServer());
            assertEquals(Set.of("/moved"), ephemeralsOf(second));
        }
    }

    @Test
    void a_silent_client_loses_its_session_its_connection_and_its_ephemerals() throws Exception {
        try (var witness = SocketClient.connect(server.clientPort());
                var silent = SocketClient.open(server.clientPort())) {
            witness.ask(existsAndWatch("/silent"));
            ConnectResponse session = attachAndCreate(silent, SHORT_MS, "/silent");

            assertEquals(
                    WatchEvent.of(EventType.NODE_CREATED, "/silent"),
                    witness.receive().asEvent());
            assertTrue(silent.isClosedByServer());
            assertEquals(
                    ErrorCode.NO_NODE.code(),
                    witness.ask(exists("/silent")).header().err());
            assertRefused(SocketClient.again(session));
        }
    }

    @Test
    void a_client_that_gives_signs_of_life_outlives_one_that_does_not() throws Exception {
        try (var alive = SocketClient.open(server.clientPort());
                var witness = SocketClient.connect(server.clientPort());
                var silent = SocketClient.open(server.clientPort())) {
            alive.attach(SocketClient.newSession(10_000));
            attachAndCreate(silent, SHORT_MS, "/outlived");

            while (witness.ask(exists("/outlived")).header().err() == 0) {
                alive.ask(new SessionRequest.Ping());
            }

            assertEquals(0, alive.ask(exists("/")).header().err());
        }
    }

    @Test
    void a_close_is_answered_and_ends_everything_that_the_session_had() throws Exception {
        try (var witness = SocketClient.connect(server.clientPort());
                var client = SocketClient.open(server.clientPort())) {
            ConnectResponse session = client.attach(longSession());
            client.ask(newZnode("/closing-1", EPHEMERAL));
            client.ask(newZnode("/closing-2", EPHEMERAL));
            witness.ask(existsAndWatch("/closing-1"));
            witness.ask(existsAndWatch("/closing-2"));

            Frame closed = client.ask(new WriteRequest.CloseSession());

            assertEquals(0, closed.header().err());
            assertTrue(client.isClosedByServer());
            Frame one = witness.receive();
            Frame two = witness.receive();
            assertEquals(closed.header().zxid(), one.header().zxid());
            assertEquals(closed.header().zxid(), two.header().zxid());
            assertEquals(
                    Set.of("/closing-1", "/closing-2"),
                    Set.of(one.asEvent().path(), two.asEvent().path()));
            assertRefused(SocketClient.again(session));
        }
    }

    @Test
    void what_was_sent_before_a_close_is_answered_and_what_comes_behind_it_is_not() throws Exception {
        try (var client = SocketClient.connect(server.clientPort());
                var witness = SocketClient.connect(server.clientPort())) {
            client.send(
                    newZnode("/before-close"),
                    exists("/before-close"),
                    new WriteRequest.CloseSession(),
                    newZnode("/behind-close"),
                    exists("/before-close"));

            assertEquals(0, client.receive().header().err());
            assertEquals(0, client.receive().header().err());
            assertEquals(0, client.receive().header().err());
            assertTrue(client.isClosedByServer());
            assertEquals(
                    ErrorCode.NO_NODE.code(),
                    witness.ask(exists("/behind-close")).header().err());
        }
    }

    @Test
    void a_client_that_has_seen_more_than_this_server_is_sent_away_without_a_word() throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            client.send(new ConnectRequest(0, Long.MAX_VALUE, 1000, 0, new byte[16], false, true)::writeFrame);

            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void a_client_that_has_seen_just_as_much_is_served() throws Exception {
        try (var client = SocketClient.connect(server.clientPort());
                var another = SocketClient.open(server.clientPort())) {
            client.ask(newZnode("/seen"));
            long zxid = client.ask(setData("/seen", "x")).header().zxid();

            var answer = another.attach(
                    new ConnectRequest(0, zxid, SocketClient.LONG_TIMEOUT_MS, 0, new byte[16], false, true));

            assertTrue(answer.timeoutMs() > 0);
        }
    }

    @Test
    void a_client_from_before_read_only_servers_is_answered_without_that_field() throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            var old = new ConnectRequest(0, 0, SocketClient.LONG_TIMEOUT_MS, 0, new byte[16], false, false);

            assertTrue(!client.attach(old).knowsReadOnly());
            assertEquals(0, client.ask(exists("/")).header().err());
        }
    }

    /** Both in one piece: there is no time between them in which so short a session could end. */
    private static ConnectResponse attachAndCreate(SocketClient client, int timeoutMs, String ephemeral)
            throws Exception {
        client.send(out -> {
            SocketClient.newSession(timeoutMs).writeFrame(out);
            client.write(out, newZnode(ephemeral, EPHEMERAL));
        });
        ConnectResponse session = client.receiveHandshake();
        assertEquals(0, client.receive().header().err());
        return session;
    }

    private void assertRefused(ConnectRequest request) throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            ConnectResponse answer = client.attach(request);

            assertEquals(0, answer.timeoutMs());
            assertEquals(0, answer.sessionId());
            assertArrayEquals(new byte[16], answer.password());
            assertTrue(client.isClosedByServer());
        }
    }

    private static Set<String> ephemeralsOf(SocketClient client) throws Exception {
        Frame answer = client.ask(new ReadRequest.GetEphemerals(""));
        return Set.copyOf(answer.as(Reply.Names.class).names());
    }

    private static ConnectRequest longSession() {
        return SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS);
    }
}
