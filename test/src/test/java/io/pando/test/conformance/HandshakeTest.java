package io.pando.test.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.RawClient.Handshake;
import io.pando.test.harness.Reply;
import io.pando.test.harness.SharedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The handshake and the life of a session (wire-protocol sections 5 and 6). */
class HandshakeTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void a_request_with_the_read_only_byte_gets_37_bytes_and_one_without_36() throws Exception {
        RawClient current = SERVER.socket();
        RawClient old = SERVER.socket();

        Handshake withByte = current.attach(10_000, 0, new byte[16], 0);
        old.sendFrame(RawClient.connectRequest(0, 0, 10_000, 0, new byte[16]).toBytes());
        Handshake without = old.receiveHandshake();

        assertEquals(37, withByte.frameLength());
        assertEquals(36, without.frameLength());
        assertNotEquals(0, without.sessionId());
        assertEquals(16, without.password().length);
        assertFalse(withByte.readOnly());
    }

    @Test
    void a_client_from_the_future_is_sent_away_without_a_word() throws Exception {
        RawClient client = SERVER.socket();

        client.sendFrame(RawClient.connectRequest(0, Long.MAX_VALUE, 10_000, 0, new byte[16])
                .bool(false)
                .toBytes());

        assertTrue(client.isClosedByServer());
    }

    @Test
    void a_wrong_password_and_an_unknown_session_look_the_same() throws Exception {
        RawClient owner = SERVER.raw();
        byte[] wrong = owner.handshake().password();
        wrong[3]++;

        for (RawClient intruder : new RawClient[] {SERVER.socket(), SERVER.socket(), SERVER.socket()}) {
            long id = owner.sessionId() + 77;
            Handshake answer = intruder.attach(10_000, id, wrong, 0);
            assertEquals(37, answer.frameLength());
            assertTrue(answer.isRefused());
            assertArrayEquals(new byte[16], answer.password());
            assertTrue(intruder.isClosedByServer());
        }
        RawClient thief = SERVER.socket();
        assertTrue(thief.attach(10_000, owner.sessionId(), wrong, 0).isRefused());
        assertTrue(thief.isClosedByServer());
    }

    @Test
    void an_expired_session_is_refused_with_an_empty_answer() throws Exception {
        RawClient client = RawClient.connect(SERVER.process().port(), 1_000);
        Handshake session = client.handshake();

        assertTrue(client.isClosedByServer(), "a silent session ends without a frame");

        RawClient late = SERVER.socket();
        assertTrue(
                late.attach(1_000, session.sessionId(), session.password(), 0).isRefused());
    }

    @Test
    void the_timeout_is_clamped_at_both_ends() throws Exception {
        assertEquals(1_000, SERVER.socket().attach(1, 0, new byte[16], 0).timeoutMs());
        assertEquals(
                40_000,
                SERVER.socket().attach(Integer.MAX_VALUE, 0, new byte[16], 0).timeoutMs());
        assertEquals(1_000, SERVER.socket().attach(-5, 0, new byte[16], 0).timeoutMs());
        assertEquals(12_345, SERVER.socket().attach(12_345, 0, new byte[16], 0).timeoutMs());
    }

    @Test
    void a_second_attach_closes_the_first_connection_and_may_change_the_timeout() throws Exception {
        RawClient first = SERVER.raw();
        Handshake session = first.handshake();
        RawClient second = SERVER.socket();

        Handshake again = second.attach(20_000, session.sessionId(), session.password(), 0);

        assertEquals(session.sessionId(), again.sessionId());
        assertEquals(20_000, again.timeoutMs());
        assertEquals(session.passwordHex(), again.passwordHex());
        assertTrue(first.isClosedByServer());
        assertEquals(Errors.OK, second.ping().error());
    }

    @Test
    void the_version_is_not_looked_at_and_a_null_password_is_fine_for_a_new_session() throws Exception {
        RawClient client = SERVER.socket();

        client.sendFrame(
                RawClient.connectRequest(7, 0, 10_000, 0, null).bool(false).toBytes());

        assertNotEquals(0, client.receiveHandshake().sessionId());
    }

    @Test
    void requests_sent_behind_the_handshake_wait_for_it() throws Exception {
        RawClient client = SERVER.socket();
        client.sendFrame(RawClient.connectRequest(0, 0, 10_000, 0, new byte[16])
                .bool(false)
                .toBytes());
        client.send(-4, Op.AUTH, Body.empty().int32(0).text("digest").text("u:p"));
        int create = client.send(Op.CREATE, Body.create(SERVER.path("early"), new byte[0], 1));

        assertNotEquals(0, client.receiveHandshake().sessionId());
        assertEquals(Errors.OK, client.replyTo(-4).error());
        assertEquals(Errors.OK, client.replyTo(create).error());
    }

    @Test
    void a_ping_is_answered_with_its_own_xid_whatever_it_was_sent_with() throws Exception {
        RawClient client = SERVER.raw();

        client.send(4711, Op.PING, Body.empty());

        Reply reply = client.receive();
        assertEquals(-2, reply.xid());
        assertEquals(0, reply.remaining());
    }

    @Test
    void unusual_xids_are_echoed() throws Exception {
        RawClient client = SERVER.raw();

        for (int xid : new int[] {0, -77, Integer.MAX_VALUE}) {
            client.send(xid, Op.EXISTS, Body.read("/", false));
            assertEquals(xid, client.receive().xid());
        }
    }

    @Test
    void closing_a_session_answers_and_then_ends_the_stream_with_all_ephemerals_under_one_zxid() throws Exception {
        RawClient owner = SERVER.raw();
        RawClient watcher = SERVER.raw();
        for (String name : new String[] {"e1", "e2"}) {
            owner.call(Op.CREATE, Body.create(SERVER.path(name), new byte[0], 1));
            watcher.call(Op.EXISTS, Body.read(SERVER.path(name), true));
        }

        Reply closed = owner.closeSession();

        assertEquals(Errors.OK, closed.error());
        assertEquals(0, closed.remaining());
        var events = watcher.takeEvents();
        assertEquals(2, events.size());
        assertTrue(events.stream().allMatch(event -> event.zxid() == closed.zxid()));
    }

    @Test
    void a_short_session_is_closed_in_silence_between_one_and_a_few_ticks() throws Exception {
        long opened = System.nanoTime();
        RawClient client = RawClient.connect(SERVER.process().port(), 1_000);

        assertTrue(client.isClosedByServer());

        assertTrue(System.nanoTime() - opened >= 900_000_000L, "not before its timeout");
    }

    @Test
    void pings_keep_a_short_session() throws Exception {
        RawClient client = SERVER.closing(RawClient.connect(SERVER.process().port(), 4_000));
        long end = System.nanoTime() + 6_000_000_000L;

        Await.until("six seconds of pings passed", () -> {
            client.ping();
            return System.nanoTime() > end;
        });

        assertEquals(Errors.OK, client.call(Op.EXISTS, Body.read("/", false)).error());
    }
}
