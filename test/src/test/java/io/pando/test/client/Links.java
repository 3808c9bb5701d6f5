package io.pando.test.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionEvent;
import io.pando.client.connection.ConnectionEvent.Connected;
import io.pando.client.connection.ConnectionEvent.Lost;
import io.pando.client.connection.ConnectionEvent.Reconnected;
import io.pando.client.connection.ConnectionEvent.Suspended;
import io.pando.client.error.PandoException;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.WatchListener;
import io.pando.datatree.CreateMode;
import io.pando.session.EventType;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import io.pando.test.harness.SharedServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds when the link to a real server breaks: at which moment, and on whose answer, is drawn or chosen by the test. */
abstract class Links {
    private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();
    private Relay relay;
    private Pando pando;
    private Pando witness;

    abstract SharedServer server();

    @BeforeEach
    void connect() throws Exception {
        relay = server().relay();
        pando = client(relay.connectString(), Duration.ofSeconds(20));
        witness = client(server().process().connectString(), Duration.ofSeconds(20));
        pando.create("/known").now();
    }

    private Pando client(String connectString, Duration sessionTimeout) {
        return server().closing(Pando.connect(connectString + server().root())
                .backoff(Duration.ofMillis(1), Duration.ofMillis(50))
                .sessionTimeout(sessionTimeout)
                .listener(events::add)
                .open());
    }

    private void answersAreLostUntil(String what, Callable<Boolean> happens) {
        Await.until(what, happens);
        relay.cut();
        relay.heal();
    }

    @Test
    void a_protected_create_whose_answer_is_lost_makes_one_znode_and_finds_it() throws Exception {
        relay.silenceToClient();
        var create = pando.create("/n-")
                .mode(CreateMode.EPHEMERAL_SEQUENTIAL)
                .protect()
                .async();
        answersAreLostUntil(
                "created", () -> witness.getChildren("/").now().names().size() == 2);

        var created = create.get();

        assertEquals(
                created.stat(),
                witness.exists(created.path()).linearizable().now().orElseThrow());
        assertEquals(2, witness.getChildren("/").now().names().size());
    }

    @Test
    void a_create_that_never_arrived_is_made_on_the_next_connection() throws Exception {
        relay.silenceToServer();
        var plain = pando.create("/plain").async();
        // Below another parent: who finds new children where the plain one should be can't tell any more whether it was
        // one of them.
        var guarded = pando.create("/known/n-")
                .mode(CreateMode.PERSISTENT_SEQUENTIAL)
                .protect()
                .async();
        relay.cut();
        relay.heal();

        assertEquals("/plain", plain.get().path());
        assertTrue(witness.exists(guarded.get().path()).linearizable().now().isPresent());
        assertEquals(2, witness.getChildren("/").now().names().size());
        assertEquals(1, witness.getChildren("/known").now().names().size());
    }

    @Test
    void an_ephemeral_is_known_to_be_ours_by_its_owner() throws Exception {
        relay.silenceToClient();
        var create = pando.create("/mine").mode(CreateMode.EPHEMERAL).async();
        answersAreLostUntil("created", () -> witness.exists("/mine").now().isPresent());

        assertEquals(pando.session().orElseThrow().id(), create.get().stat().ephemeralOwner());
    }

    @Test
    void a_write_that_may_have_been_anothers_is_unknown() throws Exception {
        relay.silenceToClient();
        var write = pando.setData("/known", "mine").version(0).async();
        answersAreLostUntil(
                "written", () -> witness.exists("/known").now().orElseThrow().version() == 1);

        assertInstanceOf(UnknownOutcomeException.class, failureOf(write));
    }

    /** Every increment that is reported as done was done, and none that is reported as refused; the unknown ones may go either way. */
    @Test
    void counting_by_version_across_cuts_reports_no_increment_wrongly() throws Exception {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        int done = 0;
        int unknown = 0;
        for (int i = 0; i < 300; i++) {
            var read = pando.getData("/known").linearizable().now();
            var write = pando.setData("/known", "writer " + i)
                    .version(read.stat().version())
                    .async();
            if (chance.nextInt(3) == 0) {
                relay.cut();
            }
            try {
                write.get(30, TimeUnit.SECONDS);
                done++;
            } catch (ExecutionException failed) {
                assertInstanceOf(UnknownOutcomeException.class, failed.getCause(), "seed " + seed);
                unknown++;
            }
        }

        int version =
                witness.exists("/known").linearizable().now().orElseThrow().version();
        assertTrue(
                done <= version && version <= done + unknown,
                "seed " + seed + ": " + done + ", " + version + ", " + unknown);
    }

    @Test
    void protected_creates_across_cuts_make_just_the_znodes_that_were_asked_for() throws Exception {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        var asked = new CopyOnWriteArrayList<CompletableFuture<String>>();
        pando.create("/queue").now();
        for (int i = 0; i < 300; i++) {
            asked.add(pando.create("/queue/n-")
                    .mode(CreateMode.EPHEMERAL_SEQUENTIAL)
                    .protect()
                    .async()
                    .thenApply(created -> created.path().substring("/queue/".length())));
            if (chance.nextInt(10) == 0) {
                relay.cut();
            }
        }
        var names = new TreeSet<String>();
        for (var create : asked) {
            names.add(create.get(60, TimeUnit.SECONDS));
        }

        assertEquals(300, names.size(), "seed " + seed);
        assertEquals(
                names,
                new TreeSet<>(witness.getChildren("/queue").linearizable().now().names()),
                "seed " + seed);
    }

    @Test
    void reads_across_cuts_are_all_answered_and_never_go_back() throws Exception {
        int last = 0;
        for (int i = 0; i < 200; i++) {
            int written = witness.setData("/known", "" + i).now().version();
            var read = pando.getData("/known").linearizable().async();
            relay.cut();
            int version = read.get(30, TimeUnit.SECONDS).stat().version();
            assertTrue(version >= written && version >= last);
            last = version;
        }
    }

    @Test
    void a_session_whose_server_is_out_of_reach_is_lost_and_replaced_and_its_ephemerals_go() throws Exception {
        var brief = client(relay.connectString(), Duration.ofSeconds(4));
        var first = brief.awaitConnected(Duration.ofSeconds(20));
        brief.create("/brief").mode(CreateMode.EPHEMERAL).now();
        relay.cutAndRefuse();
        Await.until(
                "lost",
                () -> events.stream()
                        .anyMatch(event ->
                                event instanceof Lost lost && lost.session().equals(first)));

        relay.heal();

        Await.until(
                "another session",
                () -> events.stream()
                        .anyMatch(event -> event instanceof Connected connected
                                && !connected.session().equals(first)
                                && brief.session().equals(Optional.of(connected.session()))));
        Await.until("the ephemeral is gone", () -> brief.exists("/brief").now().isEmpty());
    }

    @Test
    void a_cut_is_told_as_suspended_and_reconnected_with_the_same_session() throws Exception {
        var session = pando.session().orElseThrow();

        relay.cut();

        Await.until("reconnected", () -> events.contains(new Reconnected(session)));
        assertTrue(events.subList(0, events.indexOf(new Reconnected(session))).stream()
                .anyMatch(event ->
                        event instanceof Suspended lost && lost.session().equals(session)));
        assertEquals(session, pando.session().orElseThrow());
    }

    @Test
    void a_one_shot_watch_is_told_what_happened_while_the_link_was_down() throws Exception {
        var data = pando.getData("/known").watched().now();
        var coming = pando.exists("/coming").watched().now();
        var children = pando.getChildren("/").watched().now();
        relay.cutAndRefuse();

        witness.setData("/known", "changed").now();
        witness.create("/coming").now();
        relay.heal();

        assertEquals(
                EventType.NODE_DATA_CHANGED,
                data.event().get(30, TimeUnit.SECONDS).type());
        assertEquals("/known", data.event().get().path());
        assertEquals(
                EventType.NODE_CREATED, coming.event().get(30, TimeUnit.SECONDS).type());
        assertEquals(
                EventType.NODE_CHILDREN_CHANGED,
                children.event().get(30, TimeUnit.SECONDS).type());
        assertTrue(coming.value().isEmpty());
    }

    @Test
    void a_watch_that_is_cancelled_or_closed_tells_nothing_more() throws Exception {
        assumeFalse(server().isBefore(6), "there are no persistent watches");
        var seen = new CopyOnWriteArrayList<NodeEvent>();
        var cancelled = pando.getData("/known").watched().now();
        var watch = pando.watch("/known", seen::add).now();

        pando.setData("/known", "one").now();
        Await.until("seen", () -> seen.size() == 1);
        cancelled.event().cancel(false);
        watch.close();
        watch.close();
        pando.setData("/known", "two").now();
        pando.exists("/known").async().get();

        assertEquals(1, seen.size());
    }

    @Test
    void a_persistent_watch_is_set_again_and_says_that_it_may_have_missed_something() throws Exception {
        assumeFalse(server().isBefore(6), "there are no persistent watches");
        var seen = new CopyOnWriteArrayList<String>();
        pando.watchRecursively("/", new WatchListener() {
                    @Override
                    public void onEvent(NodeEvent event) {
                        seen.add(event.path());
                    }

                    @Override
                    public void onGap() {
                        seen.add("gap");
                    }
                })
                .now();
        relay.cutAndRefuse();
        witness.create("/missed").now();
        relay.heal();
        Await.until("set again", () -> seen.contains("gap"));

        witness.create("/seen").now();

        Await.until("seen", () -> seen.contains("/seen"));
        assertFalse(seen.contains("/missed"));
    }

    @Test
    void an_interrupted_caller_stops_waiting() throws Exception {
        relay.silence();
        var outcome = new CompletableFuture<Throwable>();
        var caller = new Thread(() -> {
            try {
                pando.getData("/known").now();
            } catch (InterruptedException | PandoException stopped) {
                outcome.complete(stopped);
            }
        });
        caller.start();
        Await.until("waiting", () -> caller.getState() == Thread.State.WAITING);

        caller.interrupt();

        assertInstanceOf(InterruptedException.class, outcome.get(30, TimeUnit.SECONDS));
        relay.heal();
    }

    @Test
    void a_callback_may_ask_and_wait() throws Exception {
        witness.setData("/known", "hello".getBytes(UTF_8)).now();

        var text = pando.exists("/known").async().thenApply(found -> {
            try {
                return pando.getData("/known").now().text();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertEquals("hello", text.get(30, TimeUnit.SECONDS));
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS))
                .getCause();
    }
}
