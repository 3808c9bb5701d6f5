package io.pando.server.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.zab.transport.LoopThread;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a connection relies on, of each kind of socket, with real ones at both ends. */
class ClientSocketTest {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int LONG_BYTES = 8 << 20; // more than the system holds for both ends

    private final LoopThread core = new LoopThread("core", Duration.ZERO);
    private final ClientLoops loops = new ClientLoops(core.loop(), 1, 1, Duration.ZERO);
    private final BlockingQueue<End> arrivals = new LinkedBlockingQueue<>();
    private volatile boolean admits = true;
    private @Nullable ListeningSocket port;

    /** The kinds. */
    enum Kind {
        CHANNEL,
        EPOLL;

        ListeningSocket open(ClientLoops loops, InetSocketAddress address, Newcomers newcomers)
                throws PortUnavailableException {
            return switch (this) {
                case CHANNEL -> ChannelPort.open(loops, address, 0, true, newcomers);
                case EPOLL -> EpollPort.open(loops, address, 0, true, newcomers);
            };
        }
    }

    @AfterEach
    void stop() {
        if (port != null) {
            port.close();
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        core.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_left_comes_again_with_what_arrives_behind_it(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();
        end.takesInFours = true;

        client.getOutputStream().write("abcdef".getBytes(US_ASCII));
        assertEquals("abcd", end.took.take());
        client.getOutputStream().write("gh".getBytes(US_ASCII));
        assertEquals("efgh", end.took.take());
    }

    @ParameterizedTest
    @EnumSource
    void all_of_what_is_sent_at_once_arrives_however_much_it_is(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();
        byte[] sent = random(LONG_BYTES);

        client.getOutputStream().write(sent);
        assertArrayEquals(sent, end.bytes(sent.length));
    }

    @ParameterizedTest
    @EnumSource
    void whoever_is_paused_is_told_of_nothing_until_it_resumes_and_then_of_all(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();
        end.takesInFours = true;
        client.getOutputStream().write("abcdef".getBytes(US_ASCII));
        assertEquals("abcd", end.took.take());

        end.runOnLoop(end.socket::pause);
        client.getOutputStream().write("ghijkl".getBytes(US_ASCII));
        assertTrue(end.onLoop(end.socket::isPaused));
        end.passLoop();
        assertEquals(0, end.took.size());

        end.runOnLoop(end.socket::resume);
        assertEquals("efgh", end.took.take());
        assertEquals("ijkl", end.took.take());
    }

    @ParameterizedTest
    @EnumSource
    void who_does_not_read_does_not_take_and_is_told_of_when_it_does(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();
        byte[] sent = random(LONG_BYTES);

        end.runOnLoop(() -> {
            for (int at = 0; at < sent.length; at += 1 << 20) {
                end.socket.send(Unpooled.directBuffer().writeBytes(sent, at, 1 << 20));
            }
        });
        assertFalse(end.onLoop(end.socket::isTaking));
        assertTrue(end.socket.unsentBytes() > 0);

        assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
        assertEquals("takes more", end.told.take());
        assertTrue(end.onLoop(end.socket::isTaking));
        end.await(() -> end.socket.unsentBytes() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void the_last_is_sent_whole_and_then_the_socket_closed(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();
        byte[] sent = random(LONG_BYTES);

        end.runOnLoop(() -> end.socket.sendLast(Unpooled.directBuffer().writeBytes(sent)));
        assertTrue(end.socket.isOpen());

        assertArrayEquals(sent, client.getInputStream().readAllBytes());
        end.awaitEnd();
        assertFalse(end.socket.isOpen());
    }

    @ParameterizedTest
    @EnumSource
    void bytes_on_the_heap_are_sent_as_well(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();

        end.runOnLoop(() -> end.socket.sendLast(Unpooled.wrappedBuffer("whole".getBytes(US_ASCII))));

        assertEquals("whole", new String(client.getInputStream().readAllBytes(), US_ASCII));
    }

    @ParameterizedTest
    @EnumSource
    void who_hangs_up_is_noticed_even_where_nothing_is_read(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();
        end.runOnLoop(end.socket::pause);
        client.getOutputStream().write(random(100_000));

        client.close();

        assertEquals("closed", end.told.take());
    }

    @ParameterizedTest
    @EnumSource
    void what_came_before_the_end_is_told_of_first(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();
        byte[] sent = random(1 << 20);

        client.getOutputStream().write(sent);
        client.close();

        assertArrayEquals(sent, end.bytes(sent.length));
        assertEquals("closed", end.told.take());
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_is_a_failure_of_input_or_output(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();

        client.setSoLinger(true, 0); // a reset, and no farewell
        client.close();

        assertEquals("failed: java.io.IOException", end.told.take());
        assertEquals("closed", end.told.take());
    }

    @ParameterizedTest
    @EnumSource
    void what_goes_wrong_with_one_client_is_its_own_affair(Kind kind) throws Exception {
        Socket clumsy = connect(kind);
        End first = arrivals.take();
        Socket other = again();
        End second = arrivals.take();
        first.fails = true;

        clumsy.getOutputStream().write(1);
        assertEquals("failed: java.lang.StackOverflowError", first.told.take());
        assertEquals("closed", first.told.take());

        other.getOutputStream().write("more".getBytes(US_ASCII));
        assertArrayEquals("more".getBytes(US_ASCII), second.bytes(4));
    }

    @ParameterizedTest
    @EnumSource
    void whoever_closes_it_nothing_is_told_behind_that(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();

        end.socket.close();
        end.socket.close();
        assertEquals("closed", end.told.take());
        assertEquals(-1, client.getInputStream().read());

        end.runOnLoop(() -> end.socket.send(Unpooled.directBuffer().writeBytes(new byte[4])));
        end.passLoop();
        assertEquals(0, end.told.size());
    }

    @ParameterizedTest
    @EnumSource
    void who_is_not_admitted_is_hung_up_on_and_leaves_its_place(Kind kind) throws Exception {
        admits = false;
        Socket refused = connect(kind);
        assertEquals(-1, refused.getInputStream().read());

        admits = true;
        do { // the client may see the end before the place is given back
            again();
        } while (!arrivals.take().socket.loop().equals(core.loop()));
    }

    @ParameterizedTest
    @EnumSource
    void the_place_of_a_client_that_is_gone_is_the_next_ones(Kind kind) throws Exception {
        Socket first = connect(kind);
        End onCore = arrivals.take();
        again();
        End elsewhere = arrivals.take();
        assertSame(core.loop(), onCore.socket.loop());
        assertNotSame(core.loop(), elsewhere.socket.loop());

        first.close();
        assertEquals("closed", onCore.told.take());
        again();
        assertSame(core.loop(), arrivals.take().socket.loop());
    }

    @ParameterizedTest
    @EnumSource
    void where_clients_are_is_known(Kind kind) throws Exception {
        Socket client = connect(kind);

        assertEquals(client.getLocalSocketAddress(), arrivals.take().remote);
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_is_taken_is_named(Kind kind) throws Exception {
        InetSocketAddress taken = open(kind).address();

        var refusal =
                assertThrows(PortUnavailableException.class, () -> kind.open(loops, taken, (socket, remote) -> null));

        assertTrue(refusal.toString().contains(":" + taken.getPort() + " "), refusal.toString());
    }

    @ParameterizedTest
    @EnumSource
    void a_port_that_is_closed_takes_nobody_and_lets_go_of_nobody(Kind kind) throws Exception {
        Socket client = connect(kind);
        End end = arrivals.take();

        listening().close();

        assertThrows(SocketException.class, this::again);
        client.getOutputStream().write("still".getBytes(US_ASCII));
        assertArrayEquals("still".getBytes(US_ASCII), end.bytes(5));
    }

    @ParameterizedTest
    @EnumSource
    void many_who_come_at_once_are_all_let_in(Kind kind) throws Exception {
        connect(kind);
        for (int i = 0; i < 100; i++) {
            again();
        }
        for (int i = 0; i < 101; i++) {
            arrivals.take();
        }
    }

    private Socket connect(Kind kind) throws Exception {
        open(kind);
        return again();
    }

    private Socket again() throws IOException {
        return new Socket(ANYWHERE.getAddress(), listening().address().getPort());
    }

    private ListeningSocket open(Kind kind) throws PortUnavailableException {
        port = kind.open(loops, ANYWHERE, (socket, remote) -> admits ? new End(socket, remote) : null);
        return port;
    }

    private ListeningSocket listening() {
        if (port == null) {
            throw new IllegalStateException("Not open");
        }
        return port;
    }

    private static byte[] random(int bytes) {
        byte[] made = new byte[bytes];
        new Random(bytes).nextBytes(made);
        return made;
    }

    /** The server's end of a connection, and what it was told. */
    private final class End implements ClientSocket.Listener {
        private final ClientSocket socket;
        private final InetSocketAddress remote;
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> took = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> all = new LinkedBlockingQueue<>();
        private volatile boolean takesInFours;
        private volatile boolean fails;

        End(ClientSocket socket, InetSocketAddress remote) {
            this.socket = socket;
            this.remote = remote;
        }

        void runOnLoop(Runnable task) throws ExecutionException, InterruptedException {
            socket.loop().submit(task).get();
        }

        <T> T onLoop(Callable<T> task) throws ExecutionException, InterruptedException {
            return socket.loop().submit(task).get();
        }

        /** Returns when sockets that are ready now have had their turn. */
        void passLoop() throws ExecutionException, InterruptedException {
            for (int i = 0; i < 2; i++) {
                socket.loop().schedule(() -> {}, 1, TimeUnit.NANOSECONDS).get();
            }
        }

        void await(Callable<Boolean> condition) throws Exception {
            while (!onLoop(condition)) {
                Thread.onSpinWait();
            }
        }

        /** On the way there the client may take more again. */
        void awaitEnd() throws InterruptedException {
            String last = told.take();
            while (!last.equals("closed")) {
                assertEquals("takes more", last);
                last = told.take();
            }
        }

        byte[] bytes(int count) throws InterruptedException {
            var bytes = new ByteArrayOutputStream();
            while (bytes.size() < count) {
                bytes.writeBytes(all.take());
            }
            return bytes.toByteArray();
        }

        @Override
        public void opened() {
            arrivals.add(this);
        }

        @Override
        public void received(ByteBuf bytes) {
            if (fails) {
                throw new StackOverflowError();
            }
            while (takesInFours && bytes.readableBytes() >= 4) {
                took.add(bytes.readString(4, US_ASCII));
            }
            if (!takesInFours && bytes.isReadable()) {
                byte[] taken = new byte[bytes.readableBytes()];
                bytes.readBytes(taken);
                all.add(taken);
            }
        }

        @Override
        public void readEnded() {}

        @Override
        public void takesMore() {
            told.add("takes more");
        }

        @Override
        public void failed(Throwable cause) {
            Class<?> kind = cause instanceof IOException ? IOException.class : cause.getClass();
            told.add("failed: " + kind.getName());
            socket.close();
        }

        @Override
        public void closed() {
            told.add("closed");
        }
    }
}
