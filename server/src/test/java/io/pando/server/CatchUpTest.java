package io.pando.server;

import static io.pando.server.Requests.delete;
import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.server.SocketClient.Frame;
import io.pando.session.EventType;
import io.pando.session.OpCode;
import io.pando.session.SessionRequest;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.session.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that was away says what it watches, and up to where it saw ({@code wire-protocol.md} section 16). */
class CatchUpTest {
    private static final long NO_ZXID = -1;

    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @SuppressWarnings("NullAway.Init")
    private SocketClient other;

    @SuppressWarnings("NullAway.Init")
    private SocketClient back;

    @BeforeEach
    void startServer(@TempDir Path directory) throws Exception {
        server = AServer.in(directory);
        other = SocketClient.connect(server.clientPort());
        back = SocketClient.connect(server.clientPort());
    }

    @AfterEach
    void stopServer() {
        back.close();
        other.close();
        server.stop();
    }

    @Test
    void what_was_missed_is_told_before_the_answer() throws Exception {
        create("/changed", "/gone", "/parent", "/former-parent");
        long seen = zxidNow();
        other.ask(setData("/changed", "x"));
        other.ask(delete("/gone"));
        other.ask(newZnode("/new"));
        other.ask(newZnode("/parent/child"));
        other.ask(delete("/former-parent"));

        back.send(new WatchRequest.SetWatches(
                seen,
                List.of("/changed", "/gone"),
                List.of("/new"),
                List.of("/parent", "/former-parent"),
                List.of(),
                List.of()));

        assertMissed(EventType.NODE_DATA_CHANGED, "/changed");
        assertMissed(EventType.NODE_DELETED, "/gone");
        assertMissed(EventType.NODE_CREATED, "/new");
        assertMissed(EventType.NODE_CHILDREN_CHANGED, "/parent");
        assertMissed(EventType.NODE_DELETED, "/former-parent");
        assertAnswered();
    }

    @Test
    void what_was_told_is_watched_no_more_and_what_was_not_is_watched_on() throws Exception {
        create("/changed", "/same", "/parent");
        long seen = zxidNow();
        other.ask(setData("/changed", "x"));

        back.send(new WatchRequest.SetWatches(
                seen, List.of("/changed", "/same"), List.of("/missing"), List.of("/parent"), List.of(), List.of()));
        assertMissed(EventType.NODE_DATA_CHANGED, "/changed");
        assertAnswered();
        other.ask(setData("/changed", "y"));
        other.ask(setData("/same", "y"));
        other.ask(newZnode("/missing"));
        other.ask(newZnode("/parent/child"));

        assertTold(EventType.NODE_DATA_CHANGED, "/same");
        assertTold(EventType.NODE_CREATED, "/missing");
        assertTold(EventType.NODE_CHILDREN_CHANGED, "/parent");
        back.ask(exists("/"));
    }

    @Test
    void lasting_watches_are_set_again_and_have_missed_nothing() throws Exception {
        create("/lasting", "/above");
        long seen = zxidNow();
        other.ask(setData("/lasting", "x"));
        other.ask(newZnode("/above/below"));

        back.send(new WatchRequest.SetWatches(
                seen, List.of(), List.of(), List.of(), List.of("/lasting"), List.of("/above")));
        assertAnswered();
        for (int i = 0; i < 2; i++) {
            other.ask(setData("/lasting", "y"));
            other.ask(setData("/above/below", "y"));

            assertTold(EventType.NODE_DATA_CHANGED, "/lasting");
            assertTold(EventType.NODE_DATA_CHANGED, "/above/below");
        }
    }

    @Test
    void what_may_not_be_read_is_not_told_of() throws Exception {
        byte[] credentials = "ann:secret".getBytes(StandardCharsets.UTF_8);
        other.ask(new SessionRequest.Auth(0, "digest", credentials));
        long seen = zxidNow();
        other.ask(WriteRequest.Create.of(
                OpCode.CREATE, "/secret", new byte[0], List.of(new Acl(Perms.ALL, new Id("auth", ""))), 0));

        back.send(new WatchRequest.SetWatches(
                seen, List.of("/secret"), List.of("/secret"), List.of(), List.of(), List.of()));

        assertAnswered();
    }

    private void create(String... paths) throws Exception {
        for (String path : paths) {
            other.ask(newZnode(path));
        }
    }

    private long zxidNow() throws Exception {
        return other.ask(exists("/")).header().zxid();
    }

    private void assertMissed(EventType type, String path) throws Exception {
        assertEquals(NO_ZXID, assertTold(type, path).header().zxid());
    }

    private Frame assertTold(EventType type, String path) throws Exception {
        Frame frame = back.receive();
        assertEquals(WatchEvent.of(type, path), frame.asEvent());
        return frame;
    }

    private void assertAnswered() throws Exception {
        Frame answer = back.receive();
        assertFalse(answer.isEvent(), answer::toString);
        assertEquals(0, answer.header().err());
    }
}
