package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.server.watch.Notification;
import io.pando.session.ConnectRequest;
import io.pando.session.WriteRequest;
import io.pando.session.lifetime.SessionIds;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients of a server that is cut off from the others; time is given by the test. */
class LocalSessionsTest {
    private static final long ZXID = 0x100000005L;
    private static final int TICK_MS = 100;
    private static final int TIMEOUT_MS = 1000;

    private final LocalSessions sessions = new LocalSessions(
            new SessionLimits(TICK_MS, 2 * TICK_MS, 20 * TICK_MS), new SessionIds(1, 0), new SecureRandom());
    private final Listener client = new Listener();

    @Test
    void who_is_content_to_read_gets_a_session_that_only_this_server_knows() {
        Outbound.Attached given = attach(client, request(0, new byte[16], true));

        assertTrue(given.session().isLocal());
        assertNotEquals(0, given.session().id());
        assertEquals(TIMEOUT_MS, given.session().timeoutMs());
        assertEquals(1, sessions.count());
    }

    @Test
    void who_wants_to_write_is_sent_away() {
        sessions.attach(client, request(0, new byte[16], false), ZXID, 0);

        assertEquals(new Outbound.Dropped(ZXID), client.only());
        assertEquals(0, sessions.count());
    }

    @Test
    void a_session_of_the_ensemble_is_not_taken_up_and_not_said_to_have_expired() {
        sessions.attach(client, request(0x1234, new byte[16], true), ZXID, 0);

        assertEquals(new Outbound.Dropped(ZXID), client.only());
    }

    @Test
    void a_client_that_comes_back_has_its_session_again_and_the_connection_before_ends() {
        Outbound.Attached given = attach(client, request(0, new byte[16], true));
        Listener again = new Listener();

        Outbound.Attached same =
                attach(again, request(given.session().id(), given.password().bytes(), true));

        assertEquals(given.session(), same.session());
        assertEquals(given.password(), same.password());
        assertEquals(new Outbound.Dropped(ZXID), client.only());
    }

    @Test
    void a_stranger_with_another_password_disturbs_nobody() {
        Outbound.Attached given = attach(client, request(0, new byte[16], true));
        Listener stranger = new Listener();

        sessions.attach(stranger, request(given.session().id(), new byte[16], true), ZXID, 0);

        assertEquals(new Outbound.Dropped(ZXID), stranger.only());
        assertTrue(client.told.isEmpty());
    }

    @Test
    void writes_are_refused_and_the_end_of_the_session_is_not() {
        Session session = attach(client, request(0, new byte[16], true)).session();

        sessions.answer(client, session, new WriteRequest.Delete("/a", -1), Tree.empty());
        assertEquals(
                ErrorCode.NOT_READ_ONLY,
                assertInstanceOf(Outbound.Refused.class, client.only()).code());

        sessions.answer(client, session, new WriteRequest.CloseSession(), Tree.empty());
        assertInstanceOf(Outbound.Ended.class, client.only());
        assertEquals(0, sessions.count());
    }

    @Test
    void a_silent_session_ends_and_one_that_is_heard_of_does_not() {
        Listener silent = new Listener();
        attach(silent, request(0, new byte[16], true));
        Session heard = attach(client, request(0, new byte[16], true)).session();

        heard.heardAt(TIMEOUT_MS);
        sessions.expire(ZXID, TIMEOUT_MS + TICK_MS);

        assertEquals(new Outbound.Dropped(ZXID), silent.only());
        assertTrue(client.told.isEmpty());
        assertEquals(1, sessions.count());
    }

    @Test
    void all_end_when_there_is_a_leader_again() {
        attach(client, request(0, new byte[16], true));

        sessions.endAll(ZXID);

        assertEquals(new Outbound.Dropped(ZXID), client.only());
        assertEquals(0, sessions.count());
    }

    private Outbound.Attached attach(Listener to, ConnectRequest request) {
        sessions.attach(to, request, ZXID, 0);
        return assertInstanceOf(Outbound.Attached.class, to.only());
    }

    private static ConnectRequest request(long sessionId, byte[] password, boolean readOnly) {
        return new ConnectRequest(0, 0, TIMEOUT_MS, sessionId, password, readOnly, true);
    }

    /** A client that remembers what it was told. */
    private static final class Listener implements Client {
        private final List<Outbound> told = new ArrayList<>();

        @Override
        public void send(Outbound out) {
            told.add(out);
        }

        /** What it was told since it was asked last. */
        Outbound only() {
            assertEquals(1, told.size(), told::toString);
            return told.removeFirst();
        }

        @Override
        public void tell(Notification event) {
            throw new AssertionError(event);
        }

        @Override
        public List<Id> identities() {
            return List.of();
        }

        @Override
        public long sessionId() {
            return 0;
        }
    }
}
