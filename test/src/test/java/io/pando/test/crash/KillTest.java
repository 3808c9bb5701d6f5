package io.pando.test.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.RawClient.Handshake;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.ServerProcess.Outcome;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** kill -9, SIGTERM, and a second process on the same data. */
class KillTest {
    private static final int KILLS = Integer.getInteger("pando.crash.kills", 50);
    private static final int WRITERS = 4;
    private static final int TIMEOUT_MS = 40_000;

    private ServerProcess server;

    @BeforeEach
    void start() throws IOException {
        // Snapshots are taken often, so that some kills come in the middle of one.
        server = ServerProcess.start(
                Target.current(), Map.of("tickTime", "2000", "snapCount", "5000", "snapGrowthPercent", "0"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatever_was_acknowledged_survives_kill_9_and_nothing_is_half_there() throws Exception {
        Random random = new Random(42);
        List<Ledger> ledgers = new ArrayList<>();
        try (RawClient client = connect()) {
            for (int i = 0; i < WRITERS; i++) {
                Ledger ledger = new Ledger("/writer-" + i);
                ledger.create(client);
                ledgers.add(ledger);
            }
        }

        for (int kill = 1; kill <= KILLS; kill++) {
            Ephemerals ephemerals = Ephemerals.make(server.port(), kill);
            List<Integer> sent = writeAndKill(ledgers, random.nextInt(1500));
            server.restart();

            try (RawClient client = connect()) {
                for (int i = 0; i < WRITERS; i++) ledgers.get(i).verify(client, sent.get(i));
                ephemerals.verify(client, server.port());
            }
        }
    }

    /** Lets all writers write until {@code enough} is acknowledged, and pulls the plug. */
    private List<Integer> writeAndKill(List<Ledger> ledgers, int enough) throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        List<Writer> writers = new ArrayList<>();
        for (Ledger ledger : ledgers) writers.add(new Writer(connect(), ledger, acknowledged));
        Await.until("the writers wrote", () -> acknowledged.get() >= enough);
        server.kill();
        List<Integer> sent = new ArrayList<>();
        for (Writer writer : writers) sent.add(writer.awaitEnd());
        return sent;
    }

    /** Two ephemerals of a round: of a session that was closed before the kill, and of one that was not. */
    private record Ephemerals(String gone, String kept, Handshake session) {
        static Ephemerals make(int port, int round) throws IOException {
            Ephemerals made;
            try (RawClient lasting = RawClient.connect(port, TIMEOUT_MS);
                    RawClient closing = RawClient.connect(port, TIMEOUT_MS)) {
                made = new Ephemerals("/gone-" + round, "/kept-" + round, lasting.handshake());
                assertEquals(
                        Errors.OK,
                        lasting.call(Op.CREATE, Body.create(made.kept, null, 1)).error());
                assertEquals(
                        Errors.OK,
                        closing.call(Op.CREATE, Body.create(made.gone, null, 1)).error());
                assertEquals(Errors.OK, closing.closeSession().error());
            }
            return made;
        }

        void verify(RawClient client, int port) throws IOException {
            assertEquals(
                    Errors.NO_NODE,
                    client.call(Op.EXISTS, Body.read(gone, false)).error(),
                    gone);
            assertEquals(
                    session.sessionId(),
                    client.call(Op.EXISTS, Body.read(kept, false)).stat().ephemeralOwner());
            try (RawClient owner = RawClient.open(port)) {
                Handshake again = owner.attach(TIMEOUT_MS, session.sessionId(), session.password(), 0);
                assertFalse(again.isRefused(), "the session outlives the kill");
                owner.closeSession();
            }
            assertEquals(
                    Errors.NO_NODE,
                    client.call(Op.EXISTS, Body.read(kept, false)).error(),
                    kept);
        }
    }

    @Test
    void sigterm_ends_it_cleanly_under_load_and_loses_nothing() throws Exception {
        Ledger ledger = new Ledger("/writer");
        try (RawClient client = connect()) {
            ledger.create(client);
        }
        AtomicInteger acknowledged = new AtomicInteger();
        Writer writer = new Writer(connect(), ledger, acknowledged);
        Await.until("the writer wrote", () -> acknowledged.get() >= 500);

        int exitCode = server.terminate();
        int sent = writer.awaitEnd();
        server.restart();

        assertTrue(exitCode == 0 || exitCode == 143, "exit code " + exitCode);
        try (RawClient client = connect()) {
            ledger.verify(client, sent);
        }
    }

    @Test
    void a_server_that_is_stopped_in_order_leaves_a_snapshot_rather_than_much_log_to_replay() throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "ZooKeeper replays its log");
        writeMuch();

        server.terminate();
        server.restart();

        assertNothingWasReplayed();
    }

    @Test
    void a_server_that_is_left_alone_takes_a_snapshot_so_that_a_kill_finds_nothing_to_replay() throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "ZooKeeper replays its log");
        writeMuch();

        Await.until("it took a snapshot", () -> server.output().contains("Snapshot at "));
        server.kill();
        server.restart();

        assertNothingWasReplayed();
    }

    private void writeMuch() throws IOException {
        try (RawClient client = connect()) {
            client.call(Op.CREATE, Body.create("/large", null, 0));
            byte[] data = new byte[100_000];
            for (int written = 0; written < 6_000_000; written += data.length) {
                assertEquals(
                        Errors.OK,
                        client.call(Op.SET_DATA, Body.setData("/large", data, -1))
                                .error());
            }
            client.closeSession();
        }
    }

    private void assertNothingWasReplayed() throws IOException {
        assertTrue(server.output().contains(", 0 transactions of the log after it"), server::output);
        try (RawClient client = connect()) {
            assertEquals(
                    60,
                    client.call(Op.EXISTS, Body.read("/large", false)).stat().version());
        }
    }

    @Test
    void a_second_process_on_the_same_data_is_refused_and_says_why() throws Exception {
        assumeTrue(Target.current() == Target.PANDO, "ZooKeeper lets two processes spoil one directory");

        Outcome outcome = server.startAnotherOnTheSameData();

        assertNotEquals(0, outcome.exitCode());
        assertTrue(outcome.output().contains(server.dataDir().toString()), outcome::output);
        assertFalse(outcome.output().contains("\tat "), () -> "a sentence, no stack trace: " + outcome.output());
        try (RawClient client = connect()) {
            assertEquals(Errors.OK, client.ping().error());
        }
    }

    private RawClient connect() throws IOException {
        return RawClient.connect(server.port(), TIMEOUT_MS);
    }
}
