package io.pando.test.harness;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A socket that speaks frames and knows no manners: it sends what a test says, byte by byte if need be, and shows what
 * comes back. Blocking, for one thread.
 */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private static final int TAKEOVER_TIMEOUT_MS = 30_000;
    private static final int NOTIFICATION = -1;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;
    private final Queue<Event> events = new ArrayDeque<>();
    private int lastXid;
    private @Nullable Handshake handshake;

    /** The server's answer to a ConnectRequest. */
    public record Handshake(int timeoutMs, long sessionId, String passwordHex, boolean readOnly, int frameLength) {
        public byte[] password() {
            return HexFormat.of().parseHex(passwordHex);
        }

        public boolean isRefused() {
            return timeoutMs == 0 && sessionId == 0;
        }
    }

    /** A notification, as it stood on the wire. */
    public record Event(int type, int state, @Nullable String path, long zxid) {
        public static final int CREATED = 1;
        public static final int DELETED = 2;
        public static final int DATA_CHANGED = 3;
        public static final int CHILDREN_CHANGED = 4;
    }

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new DataOutputStream(socket.getOutputStream());
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** A connection without a session: nothing is sent yet. */
    public static RawClient open(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        return new RawClient(socket);
    }

    /** A connection whose receive buffer is as small as the system allows, for a client that does not read. */
    public static RawClient openNarrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        return new RawClient(socket);
    }

    /** A connection with a new session. */
    public static RawClient connect(int port, int timeoutMs) throws IOException {
        RawClient client = open(port);
        Handshake answer = client.attach(timeoutMs, 0, new byte[16], 0);
        if (answer.isRefused()) throw new IOException("A new session was refused");
        return client;
    }

    /**
     * Ends a session of somebody else's, as an administrator would: takes it over and closes it. Both are sent in one piece, so that its
     * owner has hardly the time to take it back in between; where it does, as Apache's server lets it, it is taken over once more.
     */
    public static void endSession(int port, long id, byte[] password) throws IOException {
        boolean takenBack;
        do {
            takenBack = false;
            try (RawClient client = open(port)) {
                client.sendTakeoverAndClose(id, password);
                if (client.receiveHandshake().isRefused()) return;
                Reply closed = client.replyTo(client.lastXid);
                if (closed.error() != Errors.OK) throw new IOException("A session does not end: " + closed.error());
            } catch (EOFException | SocketException closed) {
                takenBack = true;
            }
        } while (takenBack);
    }

    private void sendTakeoverAndClose(long id, byte[] password) throws IOException {
        Body takeover = connectRequest(0, 0, TAKEOVER_TIMEOUT_MS, id, password).bool(false);
        Body close = Body.empty().int32(++lastXid).int32(Op.CLOSE_SESSION);
        sendBytes(
                Body.empty().buffer(takeover.toBytes()).buffer(close.toBytes()).toBytes());
    }

    /** Asks for the session {@code id}, or a new one if it is 0, and returns the answer whatever it is. */
    public Handshake attach(int timeoutMs, long id, byte @Nullable [] password, long lastZxid) throws IOException {
        sendFrame(
                connectRequest(0, lastZxid, timeoutMs, id, password).bool(false).toBytes());
        return receiveHandshake();
    }

    /** A ConnectRequest up to the password; the caller adds the last boolean, or leaves it out. */
    public static Body connectRequest(int version, long lastZxid, int timeoutMs, long id, byte @Nullable [] password) {
        return Body.empty()
                .int32(version)
                .int64(lastZxid)
                .int32(timeoutMs)
                .int64(id)
                .buffer(password);
    }

    public Handshake receiveHandshake() throws IOException {
        byte[] frame = receiveFrame();
        ByteBuffer answer = ByteBuffer.wrap(frame);
        answer.getInt();
        int timeoutMs = answer.getInt();
        long id = answer.getLong();
        byte[] password = new byte[answer.getInt()];
        answer.get(password);
        boolean readOnly = answer.hasRemaining() && answer.get() != 0;
        Handshake received = new Handshake(timeoutMs, id, HexFormat.of().formatHex(password), readOnly, frame.length);
        handshake = received;
        return received;
    }

    public Handshake handshake() {
        if (handshake == null) throw new IllegalStateException("No session was asked for");
        return handshake;
    }

    public long sessionId() {
        return handshake().sessionId();
    }

    /** Sends a request and returns its reply; notifications that come before it are kept for {@link #takeEvents}. */
    public Reply call(int op, Body body) throws IOException {
        return replyTo(send(op, body));
    }

    /** Sends a request under the next xid, which is returned. */
    public int send(int op, Body body) throws IOException {
        send(++lastXid, op, body);
        return lastXid;
    }

    public void send(int xid, int op, Body body) throws IOException {
        sendFrame(Body.empty().int32(xid).int32(op).raw(body.toBytes()).toBytes());
    }

    /** The next frame that is no notification, which has to have this xid. */
    public Reply replyTo(int xid) throws IOException {
        while (true) {
            Reply reply = receive();
            if (reply.xid() == xid) return reply;
            if (reply.xid() != NOTIFICATION) {
                throw new IOException("Reply to " + reply.xid() + " where one to " + xid + " was due");
            }
            events.add(eventOf(reply));
        }
    }

    /** The next frame, whatever it is. */
    public Reply receive() throws IOException {
        return new Reply(receiveFrame());
    }

    public static Event eventOf(Reply reply) {
        return new Event(reply.int32(), reply.int32(), reply.text(), reply.zxid());
    }

    /** The notifications received so far and not taken yet; a ping first fetches what the server has queued. */
    public List<Event> takeEvents() throws IOException {
        ping();
        return drainEvents();
    }

    /** The notifications that came in front of the replies read so far. */
    public List<Event> drainEvents() {
        List<Event> taken = new ArrayList<>(events);
        events.clear();
        return taken;
    }

    public Reply ping() throws IOException {
        send(-2, Op.PING, Body.empty());
        return replyTo(-2);
    }

    /** Adds an identity to the connection. */
    public Reply authenticate(String scheme, String credentials) throws IOException {
        send(-4, Op.AUTH, Body.empty().int32(0).text(scheme).text(credentials));
        return replyTo(-4);
    }

    /** Ends the session, and waits for the server to close the connection. */
    public Reply closeSession() throws IOException {
        Reply reply = call(Op.CLOSE_SESSION, Body.empty());
        if (!isClosedByServer()) throw new IOException("Bytes after the reply to closeSession");
        return reply;
    }

    public void sendFrame(byte[] frame) throws IOException {
        ByteBuffer framed = ByteBuffer.allocate(4 + frame.length);
        framed.putInt(frame.length).put(frame);
        sendBytes(framed.array());
    }

    /** Sends bytes as they are, without a length in front. */
    public void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public byte[] receiveFrame() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    /** Everything up to the end of the stream, for four-letter words. */
    public byte[] receiveToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Waits for the end of the stream: true if the next thing is that, false if a byte comes instead. */
    public boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The server keeps the connection open", e);
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    /** How long a read waits; 20 s unless said otherwise. */
    public void patience(int ms) throws IOException {
        socket.setSoTimeout(ms);
    }

    /** Reads as many bytes as there are, up to so many, whatever they mean. */
    public void read(int mostBytes) throws IOException {
        if (in.read(new byte[mostBytes]) < 0) throw new EOFException("The server has hung up");
    }

    public boolean isClosed() {
        return socket.isClosed();
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
