package io.pando.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.ReplyHeader;
import io.pando.session.Request;
import io.pando.session.WatchEvent;
import io.pando.session.Xids;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of a few lines for tests: it sends requests as they are given, waits for nothing, and shows every frame that comes
 * back. One thread may send while another receives.
 */
final class SocketClient implements AutoCloseable {
    static final int LONG_TIMEOUT_MS = 40_000;

    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final Queue<Asked> asked = new ArrayDeque<>(); // guarded by itself: sender and receiver
    private int lastXid;

    private record Asked(int xid, OpCode op) {}

    /** One frame: a reply, with a body if it succeeded, or an event. */
    record Frame(
            ReplyHeader header,
            @Nullable Reply reply,
            @Nullable WatchEvent event) {
        boolean isEvent() {
            return event != null;
        }

        WatchEvent asEvent() {
            if (event == null) {
                throw new AssertionError("No event but a reply: " + this);
            }
            return event;
        }

        <R extends Reply> R as(Class<R> kind) {
            if (reply == null) {
                throw new AssertionError("No reply but " + this);
            }
            return kind.cast(reply);
        }
    }

    private SocketClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** A connection on which nothing was said yet. */
    static SocketClient open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        return new SocketClient(socket);
    }

    /** A connection with a new session that lives long. */
    static SocketClient connect(int port) throws IOException, MarshallingException {
        SocketClient client = open(port);
        ConnectResponse session = client.attach(newSession(LONG_TIMEOUT_MS));
        if (session.timeoutMs() <= 0) {
            throw new IOException("A new session was refused");
        }
        return client;
    }

    static ConnectRequest newSession(int timeoutMs) {
        return new ConnectRequest(0, 0, timeoutMs, 0, new byte[16], false, true);
    }

    static ConnectRequest again(ConnectResponse session) {
        return again(session, session.password());
    }

    static ConnectRequest again(ConnectResponse session, byte @Nullable [] password) {
        return new ConnectRequest(0, 0, session.timeoutMs(), session.sessionId(), password, false, true);
    }

    ConnectResponse attach(ConnectRequest request) throws IOException, MarshallingException {
        send(request::writeFrame);
        return receiveHandshake();
    }

    ConnectResponse receiveHandshake() throws IOException, MarshallingException {
        return ConnectResponse.read(new WireReader(frame()));
    }

    /** Sends all requests in one piece. */
    void send(Request... requests) throws IOException {
        send(out -> write(out, requests));
    }

    /** Writes requests into a piece that is sent later. */
    void write(WireWriter out, Request... requests) {
        for (Request request : requests) {
            request.writeFrame(next(request.op()), out);
        }
    }

    private int next(OpCode op) {
        int xid = op == OpCode.PING ? Xids.PING : ++lastXid;
        synchronized (asked) {
            asked.add(new Asked(xid, op));
        }
        return xid;
    }

    /** Sends whatever {@code message} writes. */
    void send(Consumer<WireWriter> message) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        message.accept(new WireWriter(bytes));
        sendBytes(bytes.array(), bytes.readableBytes());
    }

    void sendBytes(byte[] bytes, int count) throws IOException {
        socket.getOutputStream().write(bytes, 0, count);
    }

    /** The next frame: an event, or the reply to the oldest request without one, and to no other. */
    Frame receive() throws IOException, MarshallingException {
        WireReader reader = new WireReader(frame());
        ReplyHeader header = ReplyHeader.read(reader);
        if (header.xid() == Xids.NOTIFICATION) {
            return new Frame(header, null, WatchEvent.read(reader));
        }
        Asked oldest;
        synchronized (asked) {
            oldest = asked.remove();
        }
        if (oldest.xid() != header.xid()) {
            throw new AssertionError("A reply to " + header.xid() + " where one to " + oldest + " was due");
        }
        return new Frame(header, header.err() == 0 ? Reply.read(oldest.op(), reader) : null, null);
    }

    /** Sends one request and waits for its reply, for which no event may be in the way. */
    Frame ask(Request request) throws IOException, MarshallingException {
        send(request);
        Frame answer = receive();
        if (answer.isEvent()) {
            throw new AssertionError("An event before the reply: " + answer);
        }
        return answer;
    }

    /** The next frame as it is, which answers nothing that was asked here. */
    byte[] receiveFrame() throws IOException {
        return in.readNBytes(in.readInt());
    }

    private ByteBuf frame() throws IOException {
        return Unpooled.wrappedBuffer(receiveFrame());
    }

    /** Everything up to the end of the stream. */
    byte[] receiveToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Waits for the end of the stream: true if the next thing is that, false if a byte comes instead. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
