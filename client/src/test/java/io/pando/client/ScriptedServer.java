package io.pando.client;

import io.netty.buffer.Unpooled;
import io.pando.datatree.Password;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.RequestHeader;
import io.pando.session.WatchEvent;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** A server that says nothing by itself: the test takes every connection, hears every frame, and answers what it likes. */
final class ScriptedServer implements AutoCloseable {
    static final Password PASSWORD = new Password(42, 1);

    private static final int PATIENCE_MS = 20_000;

    private final ServerSocket listener;

    private ScriptedServer(ServerSocket listener) {
        this.listener = listener;
    }

    static ScriptedServer start() {
        try {
            var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener.setSoTimeout(PATIENCE_MS);
            return new ScriptedServer(listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    PandoBuilder client() {
        return Pando.connect(address())
                .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
                // A busy machine makes pauses of its own, between the events that a test waits for.
                .pauseReported(Duration.ofDays(1));
    }

    /** The next connection, after its hello. */
    Connection accept() throws Exception {
        var socket = listener.accept();
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        return new Connection(socket);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** One request as it was heard. */
    record Heard(int xid, Request request) {
        <R extends Request> R as(Class<R> kind) {
            return kind.cast(request);
        }
    }

    /** The server's end of a connection. */
    static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final ConnectRequest hello;

        private Connection(Socket socket) throws IOException, MarshallingException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.hello = ConnectRequest.read(frame());
        }

        ConnectRequest hello() {
            return hello;
        }

        /** Takes the client in. */
        Connection welcome(long sessionId, int timeoutMs) throws IOException {
            send(ConnectResponse.accepted(hello, timeoutMs, sessionId, PASSWORD, false)::writeFrame);
            return this;
        }

        /** Takes the client in without having a quorum. */
        void welcomeReadOnly(long sessionId, int timeoutMs) throws IOException {
            send(ConnectResponse.accepted(hello, timeoutMs, sessionId, PASSWORD, true)::writeFrame);
        }

        /** Says that the session has expired. */
        void refuse() throws IOException {
            send(ConnectResponse.refused(hello, false)::writeFrame);
        }

        /** The next request that is not a ping; pings are answered. */
        Heard hear() throws Exception {
            while (true) {
                Heard heard = hearAny();
                if (heard.request().op() != OpCode.PING) {
                    return heard;
                }
                answer(heard, 0, new Reply.Nothing());
            }
        }

        Heard hearAny() throws Exception {
            WireReader frame = frame();
            RequestHeader header = RequestHeader.read(frame);
            OpCode op = Objects.requireNonNull(OpCode.of(header.type()));
            return new Heard(header.xid(), Request.read(op, frame));
        }

        void answer(Heard heard, long zxid, Reply reply) throws IOException {
            send(out -> reply.writeFrame(heard.xid(), zxid, out));
        }

        void refuse(Heard heard, long zxid, int err) throws IOException {
            send(out -> Reply.writeFailure(heard.xid(), zxid, err, out));
        }

        void tell(WatchEvent event, long zxid) throws IOException {
            send(out -> event.writeFrame(zxid, out));
        }

        void send(Consumer<WireWriter> message) throws IOException {
            var bytes = Unpooled.buffer();
            message.accept(new WireWriter(bytes));
            socket.getOutputStream().write(bytes.array(), 0, bytes.readableBytes());
        }

        /** Whether the client has ended the connection: nothing but pings comes before its end. */
        boolean ends() throws Exception {
            try {
                while (hearAny().request().op() == OpCode.PING) {
                    // It is not over yet.
                }
                return false;
            } catch (IOException end) {
                return true;
            }
        }

        private WireReader frame() throws IOException {
            int length = in.readInt();
            return new WireReader(Unpooled.wrappedBuffer(in.readNBytes(length)));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
