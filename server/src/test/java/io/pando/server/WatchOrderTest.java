package io.pando.server;

import static io.pando.server.Requests.getData;
import static io.pando.server.Requests.getDataAndWatch;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Stat;
import io.pando.server.SocketClient.Frame;
import io.pando.session.AddWatchMode;
import io.pando.session.EventType;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchRequest;
import io.pando.session.wire.MarshallingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Events and the replies that show what they tell of, while others write ({@code wire-protocol.md} section 17). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchOrderTest {
    private static final int PER_WRITER = 5_000;
    private static final int IN_ONE_PIECE = 50;

    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        server = AServer.in(directory);
    }

    @AfterAll
    void stopServer() {
        server.stop();
    }

    @Test
    void every_change_is_told_once_in_order_and_before_the_reply_that_shows_it() throws Exception {
        try (var watcher = SocketClient.connect(server.clientPort())) {
            watcher.ask(newZnode("/w"));
            watcher.ask(newZnode("/w/a"));
            watcher.ask(newZnode("/w/b"));
            watcher.ask(new WatchRequest.AddWatch("/w", AddWatchMode.PERSISTENT_RECURSIVE));
            var writing = CompletableFuture.allOf(writer("/w/a"), writer("/w/b"));

            var seen = new Seen();
            while (seen.events < 2 * PER_WRITER) {
                watcher.send(getData("/w/a"), getData("/w/b"), getData("/w/a"));
                for (int replies = 0; replies < 3; ) {
                    Frame frame = watcher.receive();
                    seen.check(frame);
                    replies += frame.isEvent() ? 0 : 1;
                }
            }
            writing.join();

            assertEquals(2 * PER_WRITER, seen.events);
            watcher.ask(new SessionRequest.Ping());
        }
    }

    /** What a client may conclude from the frames it has got so far. */
    private static final class Seen {
        private final Map<String, Long> toldOf = new HashMap<>();
        private long lastEvent;
        private long lastReply;
        private int events;

        void check(Frame frame) {
            long zxid = frame.header().zxid();
            if (frame.isEvent()) {
                assertEquals(EventType.NODE_DATA_CHANGED, frame.asEvent().type());
                assertTrue(zxid > lastEvent, "each change once, in order");
                assertTrue(zxid > lastReply, "no event of what a reply has shown already");
                lastEvent = zxid;
                toldOf.put(frame.asEvent().path(), zxid);
                events++;
            } else {
                assertTrue(zxid >= lastReply && zxid >= lastEvent, "no reply from before what is known");
                lastReply = zxid;
                Stat stat = frame.as(Reply.DataAndStat.class).stat();
                if (stat.version() > 0) {
                    assertTrue(toldOf.containsValue(stat.mzxid()), "the event comes before the data");
                }
            }
        }
    }

    @Test
    void who_sets_a_one_shot_watch_again_with_every_read_ends_up_with_the_last_value() throws Exception {
        try (var watcher = SocketClient.connect(server.clientPort())) {
            watcher.ask(newZnode("/one-shot"));
            watcher.send(getDataAndWatch("/one-shot"));
            var writing = writer("/one-shot");

            int version = -1;
            while (version < PER_WRITER) {
                Frame frame = watcher.receive();
                if (frame.isEvent()) {
                    assertEquals("/one-shot", frame.asEvent().path());
                    watcher.send(getDataAndWatch("/one-shot"));
                } else {
                    int now = frame.as(Reply.DataAndStat.class).stat().version();
                    assertTrue(now > version, "a watch fires for something new");
                    version = now;
                }
            }
            writing.join();

            assertEquals(PER_WRITER, version);
        }
    }

    /** A client of its own that writes, in pieces, while this test watches. */
    private CompletableFuture<Void> writer(String path) {
        return CompletableFuture.runAsync(() -> {
            try (var client = SocketClient.connect(server.clientPort())) {
                Request[] piece =
                        Collections.nCopies(IN_ONE_PIECE, setData(path, "x")).toArray(Request[]::new);
                for (int sent = 0; sent < PER_WRITER; sent += IN_ONE_PIECE) {
                    client.send(piece);
                    for (int i = 0; i < IN_ONE_PIECE; i++) {
                        client.receive();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MarshallingException e) {
                throw new AssertionError(e);
            }
        });
    }
}
