package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.pando.datatree.Id;
import io.pando.server.auth.AccessControl;
import io.pando.server.figures.ServerFigures;
import io.pando.server.request.Preparation;
import io.pando.server.request.QuotaRules;
import io.pando.server.request.WriteRules;
import io.pando.server.watch.Notification;
import io.pando.session.ConnectRequest;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.runtime.ThreadedHost;
import io.pando.zab.runtime.ZabConfig;
import io.pando.zab.runtime.ZabNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A core on real files, whose turns are taken by the test. */
class CoreRestartTest {
    private static final int TICK_MS = 1000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void a_client_that_comes_back_before_the_first_turn_after_a_snapshot_gets_its_session() throws Exception {
        Outbound.Attached session;
        try (Life first = new Life()) {
            session = assertInstanceOf(Outbound.Attached.class, first.answerTo(connect(0, new byte[16])));
            first.takeSnapshot();
        }

        try (Life second = new Life()) {
            Outbound answer = second.answerTo(
                    connect(session.session().id(), session.password().bytes()));

            Outbound.Attached again = assertInstanceOf(Outbound.Attached.class, answer);
            assertEquals(session.session().id(), again.session().id());
        }
    }

    private static ConnectRequest connect(long sessionId, byte[] password) {
        return new ConnectRequest(0, 0, 20 * TICK_MS, sessionId, password, false, true);
    }

    /** From a start to an end. */
    private final class Life implements AutoCloseable {
        private final BlockingQueue<Runnable> turns = new LinkedBlockingQueue<>();
        private final Core core;
        private final ZabNode node;

        Life() throws IOException {
            AccessControl access = new AccessControl("SHA1", null, true);
            core = new Core(
                    new CoreConfig(
                            1,
                            new SessionLimits(TICK_MS, 2 * TICK_MS, 20 * TICK_MS),
                            new ReaperConfig(60_000, 10_000, 0),
                            new Ticks(250, 500),
                            64L << 20,
                            false),
                    new ThreadedCoreHost(turns::add),
                    new ServerFigures(),
                    new Preparation(new WriteRules(access, new QuotaRules(false), true, false)),
                    () -> {},
                    failure -> {
                        throw new AssertionError("The core failed", failure);
                    });
            node = ZabNode.start(
                    ZabConfig.in(directory).withSegmentBytes(256 * 1024).withBallastBytes(4096),
                    new ThreadedHost(Duration.ZERO),
                    new RealFileSystem(),
                    core.stateMachine(),
                    new SplittableRandom(1),
                    core::doorbell,
                    halt -> {
                        throw new AssertionError(halt.reason(), halt.cause());
                    });
            core.start(node, access);
        }

        /** What a client hears that is there before the next turn. */
        Outbound answerTo(ConnectRequest request) throws InterruptedException {
            Listener client = new Listener();
            core.attach(client, request);
            takeTurnsUntil(() -> !client.heard.isEmpty());
            return client.heard.getFirst();
        }

        void takeSnapshot() throws InterruptedException {
            takeTurnsUntil(() -> {
                core.tick(); // the next turn: the snapshot waits for the log
                node.takeSnapshotNow();
                return node.latestSnapshot() != null;
            });
        }

        private void takeTurnsUntil(BooleanSupplier enough) throws InterruptedException {
            while (!enough.getAsBoolean()) {
                Runnable turn = turns.poll(20, TimeUnit.SECONDS);
                assertNotNull(turn, "Nobody asks for a turn");
                turn.run();
            }
        }

        @Override
        public void close() throws IOException {
            node.close();
        }
    }

    /** A connection that only listens. */
    private static final class Listener implements Client {
        private final List<Outbound> heard = new ArrayList<>();

        @Override
        public void send(Outbound out) {
            heard.add(out);
        }

        @Override
        public List<Id> identities() {
            return List.of();
        }

        @Override
        public void tell(Notification event) {}

        @Override
        public long sessionId() {
            return 0;
        }
    }
}
