package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Body;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Member;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Target;
import io.pando.test.harness.ZooKeeperClients;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions whose clients went away during a fault live as long as they asked for, and not for ever. */
@Tag("faults")
class SessionFaultsTest {
    private static final int TIMEOUT_MS = 3_000;
    /** A new leader gives every session its whole time again, and it takes a while until there is one. */
    private static final int LATEST_MS = 2 * TIMEOUT_MS + 4_000;

    private static final String PATH = "/mine";

    private Ensemble ensemble;

    @BeforeEach
    void start() throws Exception {
        ensemble = Trio.plan().start(Target.current());
    }

    @AfterEach
    void stop() {
        if (ensemble != null) ensemble.close();
    }

    @Test
    void the_ephemeral_of_a_client_that_is_gone_goes_in_time_although_the_leader_dies() throws Exception {
        Member leader = ensemble.leader();
        Member attached = ensemble.othersThan(leader).getFirst();

        long lastHeard = leaveEphemeral(attached);
        leader.kill();

        assertGoesInTime(lastHeard);
    }

    @Test
    void the_ephemeral_of_a_client_that_is_gone_goes_in_time_although_its_server_dies_too() throws Exception {
        Member leader = ensemble.leader();
        Member attached = ensemble.othersThan(leader).getFirst();

        long lastHeard = leaveEphemeral(attached);
        attached.kill();

        assertGoesInTime(lastHeard);
    }

    @Test
    void a_session_moves_to_another_server_with_its_ephemeral_when_all_were_down() throws Exception {
        RawClient.Handshake session;
        try (RawClient client = RawClient.connect(ensemble.member(1).port(), TIMEOUT_MS)) {
            assertEquals(
                    Errors.OK,
                    client.call(Op.CREATE, Body.create(PATH, new byte[0], 1)).error());
            session = client.handshake();
        }

        ensemble.members().forEach(Member::kill);
        for (Member member : ensemble.members()) member.launch();
        ensemble.awaitServing();

        try (RawClient client = RawClient.open(ensemble.member(2).port())) {
            var again = client.attach(TIMEOUT_MS, session.sessionId(), session.password(), 0);
            assertEquals(session.sessionId(), again.sessionId(), "the session goes on");
            assertEquals(
                    session.sessionId(),
                    client.call(Op.EXISTS, Body.read(PATH, false)).stat().ephemeralOwner());
            assertEquals(Errors.OK, client.closeSession().error());
        }
    }

    /** Leaves a session without saying goodbye; returns when its server last heard from it, at the earliest. */
    private static long leaveEphemeral(Member attached) throws Exception {
        try (RawClient client = RawClient.connect(attached.port(), TIMEOUT_MS)) {
            long before = System.nanoTime();
            assertEquals(
                    Errors.OK,
                    client.call(Op.CREATE, Body.create(PATH, new byte[0], 1)).error());
            return before;
        }
    }

    private void assertGoesInTime(long lastHeard) throws Exception {
        long goneMs = ZooKeeperClients.use(
                ensemble.connectString(), Work.SESSION_TIMEOUT_MS, client -> msUntilGone(client, lastHeard));
        assertTrue(goneMs >= TIMEOUT_MS, "It went after " + goneMs + " ms");
    }

    private static long msUntilGone(ZooKeeper client, long lastHeard) throws InterruptedException {
        while (true) {
            boolean there = exists(client);
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastHeard);
            if (!there) return ms;
            assertTrue(ms < LATEST_MS, "It is there after " + ms + " ms");
        }
    }

    private static boolean exists(ZooKeeper client) throws InterruptedException {
        while (true) {
            try {
                return client.exists(PATH, false) != null;
            } catch (KeeperException e) {
                // Until the client has found a server again.
            }
        }
    }
}
