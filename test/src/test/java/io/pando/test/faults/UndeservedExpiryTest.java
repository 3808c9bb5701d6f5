package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.connection.Session;
import io.pando.datatree.CreateMode;
import io.pando.test.harness.Await;
import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.testing.TestEnsemble;
import io.pando.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Row 5 of what users of other servers complain of (design: user-asks.md): sessions that end although their clients are well, or whose end
 * nobody is told of.
 *
 * <ul>
 *   <li>a server stands still: here; {@code SessionsTest.a_server_that_froze_for_a_while_goes_on_where_it_was} with a real process, and
 *       {@code ExpiryWheelTest} of {@code session}
 *   <li>a leader without a quorum ends sessions: here
 *   <li>the clock jumps: {@code HabitsTest.time_is_measured_by_a_clock_that_can_not_jump}
 *   <li>the client stands still and is not told: {@code SessionTest.a_pause_of_the_process_is_told_with_what_was_left_of_the_session} of
 *       {@code client}
 *   <li>a new session takes the place of the old one silently: here, and {@code
 *       Links.a_session_whose_server_is_out_of_reach_is_lost_and_replaced_and_its_ephemerals_go}
 *   <li>sessions that only read are ended: {@code SessionFaultsTest}, whose clients are attached to followers
 * </ul>
 */
class UndeservedExpiryTest {
    private static final int TIMEOUT_MS = 4_000;
    private static final Duration MUCH_LONGER = Duration.ofMillis(2 * TIMEOUT_MS);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PATH = "/mine";

    private TestEnsemble ensemble;

    @BeforeEach
    void start() {
        ensemble = TestEnsemble.builder()
                .servers(3)
                .setting("tickTime", "500")
                .setting("minSessionTimeout", "1000")
                .start();
    }

    @AfterEach
    void stop() {
        ensemble.close();
    }

    @Test
    @Tag("faults")
    void a_leader_without_a_quorum_ends_no_session() throws Exception {
        TestServer leader = ensemble.leader();
        RawClient.Handshake session;
        try (RawClient client = RawClient.connect(leader.clientPort(), TIMEOUT_MS)) {
            session = client.handshake();
            assertEquals(
                    Errors.OK,
                    client.call(Op.CREATE, Body.create(PATH, new byte[0], 1)).error());

            ensemble.isolate(leader.id());
            ensemble.servers().stream().filter(other -> other != leader).forEach(TestServer::pause);
        }
        standStillFor(MUCH_LONGER);
        ensemble.repair();

        try (RawClient client = RawClient.open(ensemble.leader().clientPort())) {
            assertEquals(
                    session.sessionId(),
                    client.attach(TIMEOUT_MS, session.sessionId(), session.password(), 0)
                            .sessionId(),
                    "the session goes on");
            assertEquals(
                    session.sessionId(),
                    client.call(Op.EXISTS, Body.read(PATH, false)).stat().ephemeralOwner());
            assertEquals(Errors.OK, client.closeSession().error());
        }
    }

    @Test
    @Tag("faults")
    void a_leader_that_stood_still_does_not_hold_it_against_the_clients_of_others() throws Exception {
        TestServer leader = ensemble.leader();
        TestServer follower = ensemble.followers().getFirst();
        List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
        try (Pando pando = Pando.connect(follower.connectString())
                .sessionTimeout(Duration.ofMillis(TIMEOUT_MS))
                .listener(events::add)
                .open()) {
            Session session = pando.awaitConnected(PATIENCE);
            pando.create(PATH).mode(CreateMode.EPHEMERAL).now();

            leader.pause();
            standStillFor(MUCH_LONGER);
            leader.resume();
            ensemble.awaitServing();

            assertEquals(
                    session.id(),
                    pando.exists(PATH).linearizable().now().orElseThrow().ephemeralOwner());
            assertTrue(events.stream().noneMatch(ConnectionEvent.Lost.class::isInstance), events::toString);
        }
    }

    @Test
    void who_gets_another_session_is_told_that_the_former_is_lost() throws Exception {
        List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
        try (Pando pando =
                Pando.connect(ensemble.connectString()).listener(events::add).open()) {
            Session former = pando.awaitConnected(PATIENCE);

            ensemble.expire(former.id());

            Await.until(
                    "there is another",
                    () -> pando.session()
                            .filter(session -> !session.equals(former))
                            .isPresent());
            Session present = pando.awaitConnected(PATIENCE);
            Await.until(
                    "it is told",
                    () -> events.stream()
                            .anyMatch(event -> event instanceof ConnectionEvent.Connected connected
                                    && connected.session().equals(present)));
            List<ConnectionEvent> told = List.copyOf(events);
            int lost = firstOf(told, ConnectionEvent.Lost.class);
            assertTrue(lost >= 0 && lost < told.size() - 1, told::toString);
            assertEquals(former, ((ConnectionEvent.Lost) told.get(lost)).session());
        }
    }

    private static int firstOf(List<ConnectionEvent> events, Class<? extends ConnectionEvent> kind) {
        for (int i = 0; i < events.size(); i++) {
            if (kind.isInstance(events.get(i))) return i;
        }
        return -1;
    }

    /** Nothing that could be awaited may happen: that is what is shown. */
    private static void standStillFor(Duration duration) {
        Await.happens(duration, () -> false);
    }
}
