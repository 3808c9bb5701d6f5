package io.pando.server;

import static io.pando.server.Requests.getData;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.pando.server.SocketClient.Frame;
import io.pando.session.AddWatchMode;
import io.pando.session.ConnectResponse;
import io.pando.session.EventType;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client whose reads wait behind its writes, and who doesn't take the answers when they could be given. */
class SlowReaderTest {
    private static final int LARGE_BYTES = 6 << 20;
    private static final int READS_BEHIND_A_WRITE =
            6; // few enough for the server to take them in before it answers any
    private static final long BOUND_BYTES = 18 << 20; // half of what the replies are together

    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @SuppressWarnings("NullAway.Init")
    private SocketClient other;

    private final List<SocketClient> onEachLoop = new ArrayList<>();

    @BeforeEach
    void startServer(@TempDir Path directory) throws Exception {
        server = AServer.in(directory, "jute.maxbuffer=" + 2 * LARGE_BYTES);
        other = SocketClient.connect(server.clientPort());
        other.ask(newZnode("/n"));
        other.ask(newZnode("/large"));
        other.ask(setData("/large", "x".repeat(LARGE_BYTES)));
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            onEachLoop.add(SocketClient.connect(server.clientPort()));
        }
    }

    @AfterEach
    void stopServer() {
        onEachLoop.forEach(SocketClient::close);
        other.close();
        server.stop();
    }

    @Test
    void reads_that_waited_for_a_write_are_answered_as_fast_as_they_are_taken_each_from_its_own_tree()
            throws Exception {
        try (var slow = SocketClient.connect(server.clientPort())) {
            slow.ask(new WatchRequest.AddWatch("/n", AddWatchMode.PERSISTENT));
            long before = directBytes();

            slow.send(writesAndReads());
            letAllLoopsTurn();
            other.ask(setData("/n", "third"));
            letAllLoopsTurn();

            long held = directBytes() - before;
            assertTrue(held < BOUND_BYTES, "the server holds " + held + " bytes for a client that does not read");
            assertWriteAndReads(slow, "first");
            assertWriteAndReads(slow, "second");
            assertChanged(slow.receive());
            assertEquals("third", text(slow.ask(getData("/n"))));
        }
    }

    /** Twice a write, with reads behind it of what it wrote and of something large. */
    private static Request[] writesAndReads() {
        List<Request> requests = new ArrayList<>();
        for (String data : List.of("first", "second")) {
            requests.add(setData("/n", data));
            for (int i = 0; i < READS_BEHIND_A_WRITE / 2; i++) {
                requests.add(getData("/large"));
                requests.add(getData("/n"));
            }
        }
        return requests.toArray(Request[]::new);
    }

    private static void assertWriteAndReads(SocketClient slow, String data) throws Exception {
        assertChanged(slow.receive());
        long zxid = slow.receive().as(Reply.OnlyStat.class).stat().mzxid();
        for (int i = 0; i < READS_BEHIND_A_WRITE / 2; i++) {
            assertEquals(LARGE_BYTES, text(slow.receive()).length());
            Frame read = slow.receive();
            assertEquals(data, text(read));
            assertEquals(zxid, read.header().zxid());
        }
    }

    private static void assertChanged(Frame frame) {
        assertEquals(WatchEvent.of(EventType.NODE_DATA_CHANGED, "/n"), frame.asEvent());
    }

    @Test
    void who_does_not_take_its_answers_is_still_dropped_when_its_session_goes_elsewhere() throws Exception {
        try (var slow = SocketClient.open(server.clientPort());
                var elsewhere = SocketClient.open(server.clientPort())) {
            ConnectResponse session = slow.attach(SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS));
            slow.send(writesAndReads());
            letAllLoopsTurn();

            elsewhere.attach(SocketClient.again(session));
            letAllLoopsTurn();

            assertTrue(slow.receiveToEnd().length < BOUND_BYTES);
        }
    }

    @Test
    void events_that_come_behind_answers_nobody_takes_are_kept_up_to_a_limit() throws Exception {
        String path = "/" + "p".repeat(500_000);
        other.ask(newZnode(path));
        try (var slow = SocketClient.connect(server.clientPort())) {
            slow.ask(new WatchRequest.AddWatch(path, AddWatchMode.PERSISTENT));
            slow.send(writesAndReads());
            letAllLoopsTurn();

            for (int i = 0; i < 40; i++) {
                other.ask(setData(path, ""));
            }
            letAllLoopsTurn();

            assertTrue(slow.receiveToEnd().length < BOUND_BYTES);
        }
    }

    /** Whatever the event loops had to do by now is done: each has served a client twice. */
    private void letAllLoopsTurn() throws Exception {
        for (int turn = 0; turn < 2; turn++) {
            for (SocketClient client : onEachLoop) {
                client.ask(new SessionRequest.Ping());
            }
        }
    }

    private static String text(Frame frame) {
        byte[] data = frame.as(Reply.DataAndStat.class).data();
        assertNotNull(data);
        return new String(data, UTF_8);
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
