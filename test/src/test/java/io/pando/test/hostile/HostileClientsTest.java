package io.pando.test.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Reply;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server with little memory and clients that mean it harm. After each of them a well-behaved client, connected all
 * the while, has to get its answers, and so has a new one.
 */
class HostileClientsTest {
    private static final int TIMEOUT_MS = 40_000;

    private static ServerProcess server;
    private RawClient bystander;
    private String node;

    @BeforeAll
    static void start() throws IOException {
        server = ServerProcess.start(
                Target.current(), Map.of("tickTime", "2000"), "-Xmx160m", "-XX:+ExitOnOutOfMemoryError");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connectTheBystander() throws IOException {
        bystander = RawClient.connect(server.port(), TIMEOUT_MS);
        Reply created = bystander.call(Op.CREATE, Body.create("/n-", new byte[10], 3));
        assertEquals(Errors.OK, created.error());
        node = String.valueOf(created.text());
    }

    @AfterEach
    void nobodyElseWasHarmed() throws IOException {
        assertProgress(50);
        try (RawClient newcomer = RawClient.connect(server.port(), TIMEOUT_MS)) {
            assertEquals(
                    Errors.OK, newcomer.call(Op.EXISTS, Body.read(node, false)).error());
            newcomer.closeSession();
        }
        bystander.closeSession();
        assertTrue(server.isAlive());
    }

    private void assertProgress(int requests) throws IOException {
        for (int i = 0; i < requests; i++) {
            assertEquals(
                    Errors.OK,
                    bystander
                            .call(Op.SET_DATA, Body.setData(node, new byte[10], -1))
                            .error());
            assertEquals(
                    Errors.OK,
                    bystander.call(Op.GET_DATA, Body.read(node, false)).error());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x100000, 0})
    void a_length_that_cannot_be_ends_the_connection(int length) throws IOException {
        try (RawClient unconnected = RawClient.open(server.port());
                RawClient connected = RawClient.connect(server.port(), TIMEOUT_MS)) {
            unconnected.sendBytes(ByteBuffer.allocate(4).putInt(length).array());
            connected.sendBytes(ByteBuffer.allocate(4).putInt(length).array());

            assertTrue(unconnected.isClosedByServer());
            assertTrue(connected.isClosedByServer());
        }
    }

    @Test
    void garbage_instead_of_a_handshake_ends_the_connection_or_gets_a_session_at_most() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[random.nextInt(100)];
            random.nextBytes(garbage);
            try (RawClient client = RawClient.open(server.port())) {
                client.sendFrame(garbage);
            }
        }
        try (RawClient client = RawClient.open(server.port())) {
            client.sendBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void garbage_behind_a_handshake_harms_its_sender_only() throws IOException {
        Random random = new Random(8);
        for (int i = 0; i < 200; i++) {
            try (RawClient client = RawClient.connect(server.port(), 4_000)) {
                byte[] garbage = new byte[8 + random.nextInt(60)];
                random.nextBytes(garbage);
                ByteBuffer.wrap(garbage).putInt(4, 1 + random.nextInt(22) % 19);
                client.sendFrame(garbage);
            }
        }
    }

    @Test
    void lengths_within_a_request_are_not_believed() throws IOException {
        try (RawClient client = RawClient.connect(server.port(), TIMEOUT_MS)) {
            for (int length : new int[] {Integer.MAX_VALUE, 0x7fffff00, Integer.MIN_VALUE, -2, 100_000_000}) {
                Body path = Body.empty().int32(length).raw(new byte[5]);
                assertEquals(Errors.MARSHALLING, client.call(Op.GET_DATA, path).error());
            }
            for (int count : new int[] {Integer.MAX_VALUE, 0x7fffff00, 100_000_000}) {
                Body vector = Body.of("/x").buffer(null).int32(count).int32(0);
                assertEquals(Errors.MARSHALLING, client.call(Op.CREATE, vector).error());
            }
        }
    }

    @Test
    void half_frames_of_many_connections_cost_little() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                RawClient client = RawClient.open(server.port());
                clients.add(client);
                if (i % 3 == 1) client.sendBytes(new byte[] {0, 0});
                // Announces a megabyte, and keeps it to itself: all these announcements together exceed the heap.
                if (i % 3 == 2)
                    client.sendBytes(ByteBuffer.allocate(9).putInt(0xffff0).array());
            }
            assertProgress(50);
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void a_client_that_asks_for_much_and_reads_nothing_is_not_answered_from_memory() throws IOException {
        String large = large(900_000);
        try (RawClient greedy = RawClient.openNarrow(server.port())) {
            greedy.attach(TIMEOUT_MS, 0, new byte[16], 0);
            // 2,000 replies of 0.9 MB are eleven times the heap.
            sendUntilBlocked(greedy, Body.read(large, false), 2_000);
            assertProgress(100);
        }
        bystander.call(Op.DELETE, Body.versioned(large, -1));
    }

    @Test
    void hundreds_of_clients_that_ask_for_much_and_read_nothing_do_not_fill_the_memory() throws IOException {
        String large = large(900_000);
        List<RawClient> greedy = new ArrayList<>();
        try {
            // One reply for each of them would be twice the heap.
            for (int i = 0; i < 400; i++) {
                RawClient client = RawClient.openNarrow(server.port());
                greedy.add(client);
                client.attach(TIMEOUT_MS, 0, new byte[16], 0);
                client.send(Op.GET_DATA, Body.read(large, false));
                if (i % 50 == 0) assertProgress(5);
            }
            assertProgress(100);
        } finally {
            greedy.forEach(RawClient::close);
        }
        bystander.call(Op.DELETE, Body.versioned(large, -1));
    }

    @Test
    void a_multi_read_that_asks_for_gigabytes_gets_what_is_bounded() throws IOException {
        String large = large(900_000);
        Body reads = Body.empty();
        int parts = 20_000;
        for (int i = 0; i < parts; i++) reads.operation(Op.GET_DATA, Body.read(large, false));
        try (RawClient client = RawClient.connect(server.port(), TIMEOUT_MS)) {
            Reply reply = client.call(Op.MULTI_READ, reads.endOfOperations());

            assertEquals(Errors.OK, reply.error());
            assertTrue(reply.remaining() < 20_000_000, reply.remaining() + " bytes");
        }
        bystander.call(Op.DELETE, Body.versioned(large, -1));
    }

    @Test
    void entries_of_an_acl_do_not_multiply_with_identities() throws IOException {
        try (RawClient client = RawClient.connect(server.port(), TIMEOUT_MS)) {
            for (int i = 0; i < 300; i++) {
                assertEquals(
                        0,
                        client.authenticate("digest", "user-" + i + ":secret").error());
            }
            List<Body.AclEntry> acl = new ArrayList<>();
            for (int perms = 1; perms <= 30_000; perms++) acl.add(new Body.AclEntry(perms, "auth", ""));

            Reply created = client.call(Op.CREATE, Body.create(node + "-acl", null, acl, 0));

            assertEquals(Errors.INVALID_ACL, created.error());
        }
    }

    @Test
    void a_slow_reader_gets_all_it_asked_for_in_the_end() throws Exception {
        String large = large(500_000);
        try (RawClient slow = RawClient.connect(server.port(), TIMEOUT_MS)) {
            int asked = 600;
            Thread asking = Thread.ofVirtual().start(() -> sendUntilBlocked(slow, Body.read(large, false), asked));
            assertProgress(100);

            for (int xid = 1; xid <= asked; xid++) {
                Reply reply = slow.replyTo(xid);
                assertEquals(Errors.OK, reply.error());
                assertEquals(500_000, reply.int32());
            }
            asking.join();
        }
        bystander.call(Op.DELETE, Body.versioned(large, -1));
    }

    @Test
    void a_flood_of_events_to_a_client_that_does_not_read_ends_with_that_client() throws Exception {
        List<RawClient> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient client = RawClient.openNarrow(server.port());
                client.attach(TIMEOUT_MS, 0, new byte[16], 0);
                client.call(Op.ADD_WATCH, Body.of("/").int32(1));
                deaf.add(client);
            }
            // 20 clients times 3,000 events of 800 bytes are a third of the heap, and growing.
            String parent = node.replace("/n-", "/flood-") + "x".repeat(700);
            assertEquals(
                    Errors.OK,
                    bystander.call(Op.CREATE, Body.create(parent, null, 0)).error());
            for (int i = 0; i < 3_000; i++) bystander.call(Op.SET_DATA, Body.setData(parent, null, -1));
        } catch (IOException e) {
            throw new AssertionError("The bystander is harmed", e);
        } finally {
            deaf.forEach(RawClient::close);
        }
    }

    private String large(int bytes) throws IOException {
        String path = node.replace("/n-", "/large-");
        assertEquals(
                Errors.OK,
                bystander.call(Op.CREATE, Body.create(path, new byte[bytes], 0)).error());
        return path;
    }

    /** The server stops reading from a client that does not read; then our socket takes no more, and we stop too. */
    private static void sendUntilBlocked(RawClient client, Body body, int requests) {
        Thread sending = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < requests; i++) client.send(Op.GET_DATA, body);
            } catch (IOException e) {
                // The server may also hang up on such a client.
            }
        });
        try {
            sending.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
