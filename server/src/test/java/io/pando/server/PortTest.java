package io.pando.server;

import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.datatree.ErrorCode;
import io.pando.session.OpCode;
import io.pando.session.ReplyHeader;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client port does with those who ask in four letters, too much, too often or in tongues. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortTest {
    private static final int MAX_REQUEST_BYTES = 2048;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @BeforeAll
    void startServer(@TempDir Path shared) throws Exception {
        server = AServer.in(shared, "jute.maxbuffer=" + MAX_REQUEST_BYTES, "4lw.commands.whitelist=ruok,srvr");
    }

    @AfterAll
    void stopServer() {
        server.stop();
    }

    @Test
    void a_four_letter_word_is_answered_on_the_client_port() throws Exception {
        assertEquals("imok", answerTo("ruok"));
        assertTrue(answerTo("srvr").contains("Mode: standalone"));
        assertEquals("imok", answerTo("ruok\n"));
    }

    @Test
    void a_word_that_is_not_allowed_says_so() throws Exception {
        assertEquals("mntr is not executed because it is not in the whitelist.\n", answerTo("mntr"));
    }

    @Test
    void a_word_may_arrive_letter_by_letter() throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            for (byte letter : "ruok".getBytes(US_ASCII)) {
                client.sendBytes(new byte[] {letter}, 1);
            }

            assertEquals("imok", new String(client.receiveToEnd(), US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "\u007f\u007f\u007f\u007f", "\0\0\0\1x", "\0\0\0\0"})
    void what_is_no_handshake_is_hung_up_on(String text) throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            byte[] bytes = text.getBytes(US_ASCII);
            client.sendBytes(bytes, bytes.length);

            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void a_request_may_be_as_long_as_is_allowed_and_no_longer() throws Exception {
        int header = 8;
        int lengths = 12;
        int room = MAX_REQUEST_BYTES - header - lengths - "/long".length();
        try (var client = SocketClient.connect(server.clientPort())) {
            client.ask(newZnode("/long"));

            assertEquals(
                    0, client.ask(setData("/long", "x".repeat(room))).header().err());
            client.send(setData("/long", "x".repeat(room + 1)));

            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void a_request_that_can_not_be_read_is_answered_in_its_turn() throws Exception {
        try (var client = SocketClient.connect(server.clientPort())) {
            client.send(newZnode("/before"));
            client.send(raw(77, OpCode.GET_DATA.number(), -1));
            client.send(exists("/before"));

            assertEquals(0, client.receive().header().err());
            assertEquals(
                    ErrorCode.MARSHALLING_ERROR.code(), headerOf(client, 77).err());
            assertEquals(0, client.receive().header().err());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 20, -10, 99, 1000})
    void a_request_that_there_is_not_is_refused_and_hung_up_on(int type) throws Exception {
        try (var client = SocketClient.connect(server.clientPort())) {
            client.send(raw(78, type, 0));

            assertEquals(ErrorCode.UNIMPLEMENTED.code(), headerOf(client, 78).err());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void one_address_may_have_so_many_connections_and_no_more() throws Exception {
        PandoServer strict = AServer.in(directory, "maxClientCnxns=2");
        try (var one = SocketClient.connect(strict.clientPort());
                var two = SocketClient.connect(strict.clientPort());
                var three = SocketClient.open(strict.clientPort())) {
            assertTrue(three.isClosedByServer());
            assertEquals(0, one.ask(exists("/")).header().err());
            assertEquals(0, two.ask(exists("/")).header().err());
        } finally {
            strict.stop();
        }
    }

    private String answerTo(String word) throws Exception {
        try (var client = SocketClient.open(server.clientPort())) {
            byte[] bytes = word.getBytes(US_ASCII);
            client.sendBytes(bytes, bytes.length);
            return new String(client.receiveToEnd(), US_ASCII);
        }
    }

    /** A request of just these numbers. */
    private static Consumer<WireWriter> raw(int xid, int type, int body) {
        return out -> {
            int frame = out.beginFrame();
            out.writeInt(xid);
            out.writeInt(type);
            out.writeInt(body);
            out.endFrame(frame);
        };
    }

    private static ReplyHeader headerOf(SocketClient client, int xid) throws Exception {
        ByteBuf frame = Unpooled.wrappedBuffer(client.receiveFrame());
        ReplyHeader header = ReplyHeader.read(new WireReader(frame));
        assertEquals(xid, header.xid());
        return header;
    }
}
