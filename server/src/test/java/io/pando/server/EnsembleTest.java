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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.datatree.ErrorCode;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.EventType;
import io.pando.session.Reply;
import io.pando.session.SessionRequest;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers and their clients: whatever server a client is attached to, there is one tree, and one life of each session. */
@Timeout(60)
class EnsembleTest {
    private static final int SERVERS = Trio.SERVERS;

    /** Long enough for a busy machine to give a sign of life in time. */
    private static final int SHORT_TIMEOUT_MS = 4_000;

    @SuppressWarnings("NullAway.Init")
    private Trio servers;

    @BeforeEach
    void startServers(@TempDir Path directory) throws Exception {
        servers = new Trio(directory);
    }

    @AfterEach
    void stopServers() {
        servers.close();
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
        try (var before = SocketClient.open(servers.clientPort(0));
                var after = SocketClient.open(servers.clientPort(1))) {
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
                var living = SocketClient.open(servers.clientPort(1));
                var silent = SocketClient.open(servers.clientPort(2))) {
            living.attach(SocketClient.newSession(SHORT_TIMEOUT_MS));
            living.ask(newZnode("/living", EPHEMERAL));
            Thread heart = Thread.ofVirtual().start(() -> beat(living));
            silent.attach(SocketClient.newSession(SHORT_TIMEOUT_MS));
            silent.ask(newZnode("/silent", EPHEMERAL));
            watching.ask(new SessionRequest.Sync("/"));
            assertEquals(0, watching.ask(existsAndWatch("/silent")).header().err());

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
        int leader = servers.leader();
        int other = (leader + 1) % SERVERS;
        try (var client = clientOf(other)) {
            client.ask(newZnode("/a", EPHEMERAL));
            client.ask(existsAndWatch("/b"));

            servers.stop(leader);

            assertEquals(0, client.ask(setData("/a", "after")).header().err());
            client.send(newZnode("/b"));
            assertEquals(EventType.NODE_CREATED, client.receive().asEvent().type());
            assertEquals(0, client.receive().header().err());
            assertNotEquals(leader, servers.leader());
        }
    }

    /** What the kernel holds on the way is some megabytes; what is above that, the server would have to hold. */
    @Test
    void without_a_quorum_a_server_takes_in_only_so_much() throws Exception {
        int far = 64 << 20;
        int patienceMs = 700;
        int left = (servers.leader() + 1) % SERVERS;
        try (var creating = clientOf(left)) {
            creating.ask(newZnode("/n"));
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), servers.clientPort(left));
        try (var selector = Selector.open();
                var channel = SocketChannel.open(address)) {
            channel.write(handshake());
            channel.read(ByteBuffer.allocate(1)); // the session stands
            servers.stop((left + 1) % SERVERS);
            servers.stop((left + 2) % SERVERS);

            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);
            long sent = 0;
            ByteBuffer write = largeWrite();
            try {
                while (sent < far && selector.select(patienceMs) > 0) {
                    selector.selectedKeys().clear();
                    sent += channel.write(write);
                    if (!write.hasRemaining()) {
                        write.rewind();
                    }
                }
            } catch (IOException dropped) {
                // After two seconds without a leader it drops its clients.
            }

            assertTrue(sent < far, "the server has taken " + sent + " bytes");
        }
    }

    private static ByteBuffer handshake() {
        ByteBuf bytes = Unpooled.buffer();
        SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS).writeFrame(new WireWriter(bytes));
        return bytes.nioBuffer();
    }

    private static ByteBuffer largeWrite() {
        ByteBuf bytes = Unpooled.buffer();
        setData("/n", "x".repeat(1_000_000)).writeFrame(1, new WireWriter(bytes));
        return bytes.nioBuffer();
    }

    /** The old connection may have sent anything before it hears that it is the old one. */
    @Test
    void a_write_of_the_old_connection_never_overtakes_the_new_one() throws Exception {
        int follower = (servers.leader() + 1) % SERVERS;
        int other = (follower + 1) % SERVERS;
        try (var creating = clientOf(follower)) {
            creating.ask(newZnode("/n"));
        }
        for (int round = 0; round < 20; round++) {
            String mine = "new " + round;
            try (var before = SocketClient.open(servers.clientPort(round % 2 == 0 ? follower : other));
                    var after = SocketClient.open(servers.clientPort(round % 2 == 0 ? other : follower))) {
                ConnectResponse session = before.attach(SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS));
                Thread straggler = Thread.ofVirtual().start(() -> writeUntilClosed(before));

                after.attach(SocketClient.again(session));
                assertEquals(0, after.ask(setData("/n", mine)).header().err());
                straggler.join();

                after.ask(new SessionRequest.Sync("/n"));
                assertEquals(mine, text(after.ask(getData("/n"))));
            }
        }
    }

    private static void writeUntilClosed(SocketClient client) {
        try {
            while (client.ask(setData("/n", "old")).header().err() == 0) {
                // Until its session has moved.
            }
        } catch (IOException | MarshallingException e) {
            // The connection was closed, without an error in a reply, as by ZooKeeper.
        }
    }

    @Test
    void whoever_says_that_it_leads_shows_a_zxid_of_its_own_epoch() throws Exception {
        int leader = servers.leader();
        String answer = servers.ask(leader, "srvr");
        assertTrue(answer.contains("Mode: leader"), answer);
        long before = epochIn(answer);

        servers.stop(leader);

        answer = "";
        while (!answer.contains("Mode: leader")) {
            answer = servers.ask((leader + 1) % SERVERS, "srvr");
            if (!answer.contains("Mode: leader")) {
                answer = servers.ask((leader + 2) % SERVERS, "srvr");
            }
        }
        assertTrue(epochIn(answer) > before, answer);
    }

    private static long epochIn(String srvr) {
        return Long.parseUnsignedLong(srvr.replaceFirst("(?s).*Zxid: 0x([0-9a-f]+).*", "$1"), 16) >>> 32;
    }

    @Test
    void a_client_that_has_seen_more_than_a_server_is_not_taken_in_by_it() throws Exception {
        try (var client = SocketClient.open(servers.clientPort(0))) {
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
        return servers.clientOf(server);
    }
}
