package io.pando.server;

import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.getData;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.session.ConnectRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send much and read little: they wait, and nobody else does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackPressureTest {
    private static final int REQUESTS = 50_000;
    private static final int IN_ONE_PIECE = 500;
    private static final int WRITE_EVERY = 10;

    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        server = AServer.in(directory);
        try (var client = SocketClient.connect(server.clientPort())) {
            client.ask(newZnode("/n"));
            client.ask(setData("/n", "x".repeat(400)));
            client.ask(newZnode("/large"));
            client.ask(setData("/large", "x".repeat(500_000)));
        }
    }

    @AfterAll
    void stopServer() {
        server.stop();
    }

    @Test
    void a_client_that_reads_late_gets_every_reply_and_others_do_not_wait_for_it() throws Exception {
        try (var late = SocketClient.connect(server.clientPort());
                var other = SocketClient.connect(server.clientPort())) {
            int before = versionOf(other);
            var sending = CompletableFuture.runAsync(() -> sendAll(late));

            for (int i = 0; i < 100; i++) {
                other.ask(newZnode("/other" + i));
                other.ask(exists("/other" + i));
            }
            int version = before;
            for (int i = 0; i < REQUESTS; i++) {
                var frame = late.receive();
                if (i % WRITE_EVERY == 0) {
                    version = frame.as(Reply.OnlyStat.class).stat().version();
                } else {
                    assertEquals(
                            version, frame.as(Reply.DataAndStat.class).stat().version());
                }
            }
            sending.join();

            assertEquals(before + REQUESTS / WRITE_EVERY, version);
        }
    }

    /** More than a server lets in at a time: what is settled makes room. */
    @Test
    void large_writes_of_many_clients_get_their_turn() throws Exception {
        int clients = 16;
        Request[] writes = new Request[6];
        Arrays.fill(writes, setData("/n", "z".repeat(900_000)));
        Callable<Integer> client = () -> succeededOf(writes);

        int succeeded = 0;
        try (var running = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : running.invokeAll(Collections.nCopies(clients, client))) {
                succeeded += one.get();
            }
        }

        assertEquals(clients * writes.length, succeeded);
    }

    private int succeededOf(Request... writes) throws IOException, MarshallingException {
        try (var client = SocketClient.connect(server.clientPort())) {
            client.send(writes);
            int succeeded = 0;
            for (int i = 0; i < writes.length; i++) {
                succeeded += client.receive().header().err() == 0 ? 1 : 0;
            }
            return succeeded;
        }
    }

    private static int versionOf(SocketClient client) throws Exception {
        return client.ask(getData("/n")).as(Reply.DataAndStat.class).stat().version();
    }

    private static void sendAll(SocketClient client) {
        try {
            Request[] piece = new Request[IN_ONE_PIECE];
            for (int i = 0; i < IN_ONE_PIECE; i++) {
                piece[i] = i % WRITE_EVERY == 0 ? setData("/n", "y".repeat(400)) : getData("/n");
            }
            for (int sent = 0; sent < REQUESTS; sent += IN_ONE_PIECE) {
                client.send(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the kernel holds on the way is some megabytes; what is above that, the server would have to hold. */
    @Test
    void a_server_takes_no_more_from_a_client_that_does_not_read() throws Exception {
        int far = 32 << 20;
        int patienceMs = 700;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.clientPort());
        try (var selector = Selector.open();
                var channel = SocketChannel.open(address)) {
            channel.write(handshake());
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);

            long sent = 0;
            ByteBuffer requests = requests();
            while (sent < far && selector.select(patienceMs) > 0) {
                selector.selectedKeys().clear();
                sent += channel.write(requests);
                if (!requests.hasRemaining()) {
                    requests.rewind();
                }
            }

            assertTrue(sent < far, "the server has taken " + sent + " bytes");
        }
    }

    private static ByteBuffer handshake() {
        ByteBuf bytes = Unpooled.buffer();
        new ConnectRequest(0, 0, SocketClient.LONG_TIMEOUT_MS, 0, new byte[16], false, true)
                .writeFrame(new WireWriter(bytes));
        return bytes.nioBuffer();
    }

    /** Replies to the first fill the way back; the others would need no room there. */
    private static ByteBuffer requests() {
        ByteBuf bytes = Unpooled.buffer();
        WireWriter out = new WireWriter(bytes);
        for (int xid = 1; xid <= 20; xid++) {
            getData("/large").writeFrame(xid, out);
        }
        for (int xid = 21; xid <= 40; xid++) {
            exists("/" + "x".repeat(100_000)).writeFrame(xid, out);
        }
        return bytes.nioBuffer();
    }
}
