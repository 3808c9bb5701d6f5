package io.pando.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.ReplyHeader;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WriteRequest;
import io.pando.session.Xids;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * One session over one connection, one question at a time: all that a command line needs. It is not taken up again once it is
 * lost; whoever wants another session opens another.
 *
 * <p>Every caller's own thread writes its request and reads until the answer is there; the lock makes them take turns. A thread of its
 * own pings while nobody asks, so that the session lives on.
 */
public final class BlockingConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int PINGS_PER_TIMEOUT = 3;
    private static final int PASSWORD_BYTES = 16;
    private static final int MAX_REPLY_BYTES = 64 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final ServerList.Server server;
    private final ConnectResponse session;
    private final Thread pings;
    private int lastXid; // guarded by this, as is the socket
    private boolean open = true; // guarded by this

    private BlockingConnection(ServerList.Server server, Socket socket, DataInputStream in, ConnectResponse session) {
        this.server = server;
        this.socket = socket;
        this.in = in;
        this.session = session;
        this.pings = new Thread(this::ping, "pings");
        pings.setDaemon(true);
    }

    /**
     * Opens a new session with the first server that answers.
     *
     * @param timeoutMs wished for the session; {@link #timeoutMs()} is what the server granted
     * @throws DisconnectedException when none does, with the reasons of all
     */
    public static BlockingConnection open(ServerList servers, int timeoutMs) throws DisconnectedException {
        var failures = new StringBuilder();
        for (var server : servers.servers()) {
            try {
                return open(server, timeoutMs);
            } catch (IOException failed) {
                failures.append(failures.length() == 0 ? "" : "; ")
                        .append(server)
                        .append(": ");
                failures.append(failed.getMessage() == null ? failed : failed.getMessage());
            }
        }
        throw new DisconnectedException("No server answers (" + failures + ").");
    }

    private static BlockingConnection open(ServerList.Server server, int timeoutMs) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_TIMEOUT_MS);
            socket.setSoTimeout(CONNECT_TIMEOUT_MS);
            send(socket, new ConnectRequest(0, 0, timeoutMs, 0, new byte[PASSWORD_BYTES], false, true)::writeFrame);
            var in = new DataInputStream(socket.getInputStream());
            var session = ConnectResponse.read(new WireReader(frame(in)));
            if (session.timeoutMs() <= 0) {
                throw new IOException("the server refused a new session");
            }
            socket.setSoTimeout(session.timeoutMs());
            var connection = new BlockingConnection(server, socket, in, session);
            connection.pings.start();
            return connection;
        } catch (MarshallingException notASession) {
            socket.close();
            throw new IOException(
                    "it does not speak ZooKeeper's protocol (" + notASession.getMessage() + ")", notASession);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param kind of the answers that there are to such a request
     * @throws RequestFailedException when the server says no
     * @throws DisconnectedException when no answer came
     */
    public synchronized <R extends Reply> R ask(Request request, Class<R> kind)
            throws RequestFailedException, DisconnectedException {
        if (!open) {
            throw new DisconnectedException("The connection to " + server + " is closed.");
        }
        try {
            var xid = request.op() == OpCode.PING ? Xids.PING : ++lastXid;
            send(socket, out -> request.writeFrame(xid, out));
            return kind.cast(answer(xid, request.op()));
        } catch (IOException | MarshallingException lost) {
            disconnect();
            throw new DisconnectedException(
                    "The connection to " + server + " is lost: " + lost.getMessage() + ".", lost);
        }
    }

    public long sessionId() {
        return session.sessionId();
    }

    /** Of the session, in ms. */
    public int timeoutMs() {
        return session.timeoutMs();
    }

    public ServerList.Server server() {
        return server;
    }

    public synchronized boolean isOpen() {
        return open;
    }

    /** Ends the session, and with it its ephemeral znodes. */
    @Override
    public synchronized void close() {
        if (open) {
            try {
                ask(new WriteRequest.CloseSession(), Reply.Nothing.class);
            } catch (RequestFailedException | DisconnectedException gone) {
                // Then the session ends by its timeout.
            }
            disconnect();
        }
    }

    /** Answers come in the order of the requests; watch events between them are of no interest here. */
    private Reply answer(int xid, OpCode op) throws IOException, MarshallingException, RequestFailedException {
        while (true) {
            var reader = new WireReader(frame(in));
            var header = ReplyHeader.read(reader);
            if (header.xid() == xid) {
                if (header.err() != 0) {
                    throw new RequestFailedException(header.err());
                }
                return Reply.read(op, reader);
            }
            if (header.xid() != Xids.NOTIFICATION) {
                throw new MarshallingException("An answer to " + header.xid() + " instead of " + xid);
            }
        }
    }

    private void disconnect() {
        open = false;
        pings.interrupt();
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            // Nobody can do anything about it.
        }
    }

    private void ping() {
        try {
            while (isOpen()) {
                Thread.sleep(session.timeoutMs() / PINGS_PER_TIMEOUT);
                ask(new SessionRequest.Ping(), Reply.Nothing.class);
            }
        } catch (InterruptedException | RequestFailedException | DisconnectedException ended) {
            // The next one to ask will hear of it.
        }
    }

    private static void send(Socket socket, Consumer<WireWriter> message) throws IOException {
        var bytes = Unpooled.buffer();
        message.accept(new WireWriter(bytes));
        socket.getOutputStream().write(bytes.array(), 0, bytes.readableBytes());
    }

    private static ByteBuf frame(DataInputStream in) throws IOException, MarshallingException {
        var length = in.readInt();
        if (length < 0 || length > MAX_REPLY_BYTES) {
            throw new MarshallingException("A reply of " + length + " bytes");
        }
        return Unpooled.wrappedBuffer(in.readNBytes(length));
    }
}
