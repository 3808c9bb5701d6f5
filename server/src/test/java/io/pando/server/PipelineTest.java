package io.pando.server;

import static io.pando.server.Requests.delete;
import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.getData;
import static io.pando.server.Requests.getDataAndWatch;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.ErrorCode;
import io.pando.server.SocketClient.Frame;
import io.pando.session.AddWatchMode;
import io.pando.session.EventType;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.session.WriteRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One client sends ahead: what it is answered, and in which order ({@code wire-protocol.md} section 17). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {
    private static final int ROUNDS = 200;

    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @SuppressWarnings("NullAway.Init")
    private SocketClient client;

    private int tests;
    private String path = "";

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        server = AServer.in(directory);
    }

    @BeforeEach
    void connect() throws Exception {
        client = SocketClient.connect(server.clientPort());
        path = "/n" + tests++;
        client.ask(newZnode(path));
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @AfterAll
    void stopServer() {
        server.stop();
    }

    @Test
    void long_multis_beyond_the_allowance_wait_and_are_answered_in_their_order_as_what_comes_behind_them_is()
            throws Exception {
        int parts = 14_000;
        long beganNanos = System.nanoTime();

        client.send(checks(parts), checks(parts), checks(parts), checks(parts), getData(path));

        for (int i = 0; i < 4; i++) {
            assertEquals(
                    parts, client.receive().as(Reply.Results.class).results().size());
        }
        assertEquals(ErrorCode.OK.code(), client.receive().header().err());
        // Half a second for each of the first three, of which one second at most was saved.
        assertTrue(System.nanoTime() - beganNanos >= 500_000_000L);
    }

    private Request checks(int parts) {
        return new WriteRequest.Multi(Collections.nCopies(parts, new WriteRequest.Check(path, -1)));
    }

    @Test
    void more_requests_than_are_taken_in_at_once_are_all_answered_in_their_order() throws Exception {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            requests.add(i % 10 == 0 ? setData(path, "written " + i) : getData(path));
        }

        client.send(requests.toArray(Request[]::new));

        int first = client.receive().header().xid();
        for (int i = 1; i < requests.size(); i++) {
            Frame answer = client.receive();
            assertEquals(first + i, answer.header().xid());
            if (i % 10 != 0) {
                byte[] data = answer.as(Reply.DataAndStat.class).data();
                assertArrayEquals(("written " + (i - i % 10)).getBytes(UTF_8), data);
            }
        }
    }

    @Test
    void a_read_between_two_writes_sees_exactly_the_first() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            client.send(setData(path, "first"), getData(path), setData(path, "second"), getData(path));

            Frame first = client.receive();
            Frame between = client.receive();
            Frame second = client.receive();
            Frame last = client.receive();

            assertSees("first", first, between);
            assertSees("second", second, last);
        }
    }

    @Test
    void a_read_that_watches_between_two_writes_sees_the_first_and_is_told_of_the_second() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            client.send(setData(path, "first"), getDataAndWatch(path), setData(path, "second"), exists(path));

            Frame first = client.receive();
            Frame between = client.receive();
            Frame event = client.receive();
            Frame second = client.receive();
            client.receive();

            assertSees("first", first, between);
            assertEquals(WatchEvent.of(EventType.NODE_DATA_CHANGED, path), event.asEvent());
            assertEquals(second.header().zxid(), event.header().zxid());
        }
    }

    @Test
    void a_watch_that_is_added_between_two_writes_is_told_of_the_second_alone() throws Exception {
        client.send(
                setData(path, "first"),
                new WatchRequest.AddWatch(path, AddWatchMode.PERSISTENT),
                setData(path, "second"),
                new SessionRequest.Ping());

        client.receive();
        assertEquals(0, client.receive().as(Reply.Code.class).err());
        Frame event = client.receive();
        Frame second = client.receive();
        client.receive();

        assertEquals(WatchEvent.of(EventType.NODE_DATA_CHANGED, path), event.asEvent());
        assertEquals(second.header().zxid(), event.header().zxid());
    }

    @Test
    void a_read_between_a_sync_and_a_write_does_not_see_the_write() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            client.send(setData(path, "first"), new SessionRequest.Sync(path), getData(path), setData(path, "second"));

            Frame first = client.receive();
            Frame sync = client.receive();
            Frame between = client.receive();
            Frame second = client.receive();

            assertSees("first", first, between);
            assertTrue(sync.header().zxid() < second.header().zxid());
        }
    }

    @Test
    void a_read_behind_writes_that_failed_sees_those_that_did_not() throws Exception {
        client.send(
                setData(path, "first"),
                new WriteRequest.SetData(path, new byte[0], 99),
                getData(path),
                delete("/missing"),
                getData(path));

        Frame first = client.receive();
        Frame refused = client.receive();
        Frame read = client.receive();
        Frame missing = client.receive();
        client.receive();

        assertEquals(ErrorCode.BAD_VERSION.code(), refused.header().err());
        assertEquals(ErrorCode.NO_NODE.code(), missing.header().err());
        assertEquals(
                first.as(Reply.OnlyStat.class).stat(),
                read.as(Reply.DataAndStat.class).stat());
        assertTrue(missing.header().zxid() > refused.header().zxid());
    }

    @Test
    void ten_thousand_requests_of_all_kinds_are_answered_in_order_each_seeing_those_before_it() throws Exception {
        var stream = new Stream(path);
        for (int i = 0; i < 10_000; i++) {
            stream.add(i);
        }
        var sending = CompletableFuture.runAsync(() -> stream.sendAll(client));

        long zxid = 0;
        for (Expected expected : stream.expected) {
            Frame frame = client.receive();
            assertEquals(0, frame.header().err(), expected.toString());
            assertTrue(frame.header().zxid() >= zxid, "zxids never go back");
            zxid = frame.header().zxid();
            expected.check(frame);
        }
        sending.join();
    }

    private static void assertSees(String data, Frame write, Frame read) {
        var seen = read.as(Reply.DataAndStat.class);
        assertArrayEquals(data.getBytes(UTF_8), seen.data());
        assertEquals(write.as(Reply.OnlyStat.class).stat(), seen.stat());
        assertEquals(write.header().zxid(), read.header().zxid());
    }

    private interface Expected {
        void check(Frame frame);
    }

    /** Requests on one path, with what each has to show if all before it were carried out and none behind it. */
    private static final class Stream {
        private final String path;
        private final List<Request> requests = new ArrayList<>();
        private final List<Expected> expected = new ArrayList<>();
        private int version;
        private int children;

        Stream(String path) {
            this.path = path;
        }

        void add(int i) {
            switch (i % 11) {
                case 0, 4 -> {
                    int next = ++version;
                    add(
                            setData(path, "" + i),
                            f -> assertEquals(
                                    next, f.as(Reply.OnlyStat.class).stat().version()));
                }
                case 1 -> {
                    children++;
                    String child = path + "/" + i;
                    add(
                            newZnode(child),
                            f -> assertEquals(child, f.as(Reply.Path.class).path()));
                }
                case 2, 5 -> {
                    int now = version;
                    add(
                            getData(path),
                            f -> assertEquals(
                                    now, f.as(Reply.DataAndStat.class).stat().version()));
                }
                case 3 -> {
                    int now = children;
                    add(
                            new ReadRequest.GetChildren2(path, false),
                            f -> assertEquals(
                                    now, f.as(Reply.NamesAndStat.class).names().size()));
                }
                case 6 -> add(new SessionRequest.Ping(), f -> f.as(Reply.Nothing.class));
                case 7 ->
                    add(
                            new SessionRequest.Sync(path),
                            f -> assertEquals(path, f.as(Reply.Path.class).path()));
                case 8 -> {
                    children--;
                    int next = ++version;
                    var multi = new WriteRequest.Multi(List.of(delete(path + "/" + (i - 7)), setData(path, "multi")));
                    add(multi, f -> {
                        var last = f.as(Reply.Results.class).results().get(1);
                        assertEquals(
                                next, ((Reply.OnlyStat) last.reply()).stat().version());
                    });
                }
                case 9 -> {
                    int now = version;
                    add(
                            exists(path),
                            f -> assertEquals(
                                    now, f.as(Reply.OnlyStat.class).stat().version()));
                }
                default -> add(new SessionRequest.WhoAmI(), f -> f.as(Reply.Identities.class));
            }
        }

        private void add(Request request, Expected outcome) {
            requests.add(request);
            expected.add(outcome);
        }

        void sendAll(SocketClient client) {
            try {
                for (int from = 0; from < requests.size(); from += 100) {
                    int to = Math.min(from + 100, requests.size());
                    client.send(requests.subList(from, to).toArray(Request[]::new));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
