package io.pando.server;

import static io.pando.server.Requests.EPHEMERAL;
import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.existsAndWatch;
import static io.pando.server.Requests.getData;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.ErrorCode;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.EventType;
import io.pando.session.Reply;
import io.pando.session.SessionRequest;
import io.pando.session.wire.MarshallingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers and their clients: whatever server a client is attached to, there is one tree, and one life of each session. */
@Timeout(60)
class EnsembleTest {
    private static final int SERVERS = 3;
    private static final int TICK_MS = 100;
    private static final int SHORT_TIMEOUT_MS = 2 * TICK_MS;

    private final List<PandoServer> servers = new ArrayList<>();

    @BeforeEach
    void startServers(@TempDir Path directory) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int id = 1; id <= SERVERS; id++) {
            lines.add("server." + id + "=127.0.0.1:" + freePort() + ":" + freePort());
        }
        for (int id = 1; id <= SERVERS; id++) {
            List<String> settings = new ArrayList<>(lines);
            settings.add("myid=" + id);
            settings.add("tickTime=" + TICK_MS);
            settings.add("maxSessionTimeout=" + SocketClient.LONG_TIMEOUT_MS);
            servers.add(AServer.in(directory.resolve("server" + id), settings.toArray(String[]::new)));
        }
    }

    /** All servers have to know the ports of each other before they start, so they are chosen first and taken again. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stopServers() {
        servers.forEach(PandoServer::stop);
    }

    @Test
    void what_is_written_anywhere_is_read_everywhere_after_a_sync() throws Exception {
        try (var one = clientOf(0);
                var two = clientOf(1);
                var three = clientOf(2)) {
            assertEquals(0, one.ask(newZnode("/a")).header().err());
            List<SocketClient> all = List.of(one, two, three);
            for (int writing = 0; writing < SERVERS; writing++) {
                SocketClient writer = all.get(writing);
                for (int i = 0; i < 50; i++) {
                    assertEquals(
                            0,
                            writer.ask(setData("/a", writing + " " + i))
                                    .header()
                                    .err());
                }
                for (SocketClient reader : all) {
                    reader.ask(new SessionRequest.Sync("/a"));
                    byte[] seen = reader.ask(getData("/a"))
                            .as(Reply.DataAndStat.class)
                            .data();
                    assertArrayEquals((writing + " 49").getBytes(UTF_8), seen);
                }
            }
        }
    }

    @Test
    void requests_in_one_piece_are_answered_in_order_on_every_server() throws Exception {
        for (int server = 0; server < SERVERS; server++) {
            String path = "/pipeline" + server;
            try (var client = clientOf(server)) {
                client.send(
                        newZnode(path),
                        setData(path, "first"),
                        getData(path),
                        new SessionRequest.Sync(path),
                        getData(path),
                        setData(path, "second"),
                        getData(path));
                client.receive();
                client.receive();
                assertEquals("first", text(client.receive()));
                client.receive();
                assertEquals("first", text(client.receive()));
                client.receive();
                assertEquals("second", text(client.receive()));
            }
        }
    }

    private static String text(SocketClient.Frame frame) {
        byte[] data = frame.as(Reply.DataAndStat.class).data();
        return data == null ? "" : new String(data, UTF_8);
    }

    @Test
    void a_session_moves_with_its_ephemerals_and_the_old_connection_ends() throws Exception {
        try (var before = SocketClient.open(servers.get(0).clientPort());
                var after = SocketClient.open(servers.get(1).clientPort())) {
            ConnectResponse session = before.attach(SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS));
            before.ask(newZnode("/mine", EPHEMERAL));

            ConnectResponse again = after.attach(SocketClient.again(session));

            assertEquals(session.sessionId(), again.sessionId());
            assertEquals(0, after.ask(setData("/mine", "still")).header().err());
            assertTrue(before.isClosedByServer());
        }
    }

    @Test
    void a_session_that_is_heard_of_on_a_follower_lives_and_one_that_is_not_ends_everywhere() throws Exception {
        try (var watching = clientOf(0);
                var living = SocketClient.open(servers.get(1).clientPort());
                var silent = SocketClient.open(servers.get(2).clientPort())) {
            living.attach(SocketClient.newSession(SHORT_TIMEOUT_MS));
            silent.attach(SocketClient.newSession(SHORT_TIMEOUT_MS));
            living.ask(newZnode("/living", EPHEMERAL));
            silent.ask(newZnode("/silent", EPHEMERAL));
            watching.ask(new SessionRequest.Sync("/"));
            watching.ask(existsAndWatch("/silent"));
            Thread heart = Thread.ofVirtual().start(() -> beat(living));

            var event = watching.receive().asEvent();

            assertEquals(EventType.NODE_DELETED, event.type());
            assertEquals("/silent", event.path());
            assertEquals(0, watching.ask(exists("/living")).header().err());
            heart.interrupt();
            heart.join();
        }
    }

    private static void beat(SocketClient client) {
        try {
            while (!Thread.interrupted()) {
                client.ask(exists("/living"));
            }
        } catch (IOException | MarshallingException e) {
            // The test is over.
        }
    }

    @Test
    void a_client_of_a_follower_goes_on_when_the_leader_stops() throws Exception {
        int leader = leader();
        int other = (leader + 1) % SERVERS;
        try (var client = clientOf(other)) {
            client.ask(newZnode("/a", EPHEMERAL));
            client.ask(existsAndWatch("/b"));

            servers.get(leader).stop();

            assertEquals(0, client.ask(setData("/a", "after")).header().err());
            client.send(newZnode("/b"));
            assertEquals(EventType.NODE_CREATED, client.receive().asEvent().type());
            assertEquals(0, client.receive().header().err());
            assertNotEquals(leader, leader());
        }
    }

    @Test
    void a_client_that_has_seen_more_than_a_server_is_not_taken_in_by_it() throws Exception {
        try (var client = SocketClient.open(servers.get(0).clientPort())) {
            client.send(new ConnectRequest(0, Long.MAX_VALUE, 1000, 0, new byte[16], false, true)::writeFrame);
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void a_wrong_request_gets_the_same_error_from_every_server() throws Exception {
        for (int server = 0; server < SERVERS; server++) {
            try (var client = clientOf(server)) {
                assertEquals(
                        ErrorCode.NO_NODE.code(),
                        client.ask(setData("/missing", "")).header().err());
            }
        }
    }

    private SocketClient clientOf(int server) throws IOException, MarshallingException {
        return SocketClient.connect(servers.get(server).clientPort());
    }

    /** Index of the server that says it leads; asked again until one does. */
    private int leader() throws IOException {
        while (true) {
            for (int i = 0; i < SERVERS; i++) {
                if (isLeading(servers.get(i))) {
                    return i;
                }
            }
        }
    }

    private static boolean isLeading(PandoServer server) throws IOException {
        try (SocketClient client = SocketClient.open(server.clientPort())) {
            client.sendBytes("srvr".getBytes(UTF_8), 4);
            return new String(client.receiveToEnd(), UTF_8).contains("Mode: leader");
        } catch (ConnectException stopped) {
            return false;
        }
    }
}
