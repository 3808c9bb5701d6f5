package io.pando.test.differential;

import io.pando.test.differential.Step.Authenticate;
import io.pando.test.differential.Step.CloseSession;
import io.pando.test.differential.Step.Drop;
import io.pando.test.differential.Step.Open;
import io.pando.test.differential.Step.Reattach;
import io.pando.test.differential.Step.Request;
import io.pando.test.differential.Step.SetWatches;
import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.RawClient.Handshake;
import io.pando.test.harness.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the two servers and the connections to it. A step is begun at both sides before it is finished at either, so
 * that they work at the same time. After each step every connection is pinged: what the step made the server say, on
 * any of them, has then arrived, in an order that counts.
 */
final class Side implements AutoCloseable {
    private static final int NO_XID = Integer.MIN_VALUE;
    private static final int PING_XID = -2;
    private static final int AUTH_XID = -4;
    private static final int SET_WATCHES_XID = -8;
    private static final int SESSION_TIMEOUT_MS = 40_000;

    private final int port;
    private final Names names = new Names();
    private final Transcript transcript = new Transcript(names);
    private final List<Connection> connections = new ArrayList<>();

    /** A client's place: its session, if it has one, and its socket, unless that is gone. */
    private static final class Connection {
        private @Nullable Handshake session;
        private @Nullable RawClient socket;
        private int awaitedXid;
        private int awaitedOp;
        private long lastZxid;
        private final List<Reply> frames = new ArrayList<>();
        private String note = "";
    }

    Side(int port, int connectionCount) {
        this.port = port;
        for (int i = 0; i < connectionCount; i++) connections.add(new Connection());
    }

    boolean isConnected(int connection) {
        return connections.get(connection).socket != null;
    }

    boolean hasSession(int connection) {
        return connections.get(connection).session != null;
    }

    /** Whether a step makes sense as the connections stand. */
    boolean canTake(Step step) {
        boolean session = hasSession(step.connection());
        boolean connected = isConnected(step.connection());
        if (step.action() instanceof Open) return !session;
        if (step.action() instanceof Reattach) return session && !connected;
        return connected;
    }

    void begin(Step step) throws IOException {
        Connection connection = connections.get(step.connection());
        connection.awaitedXid = 0;
        connection.note = "";
        switch (step.action()) {
            case Open open -> attach(connection, 0, new byte[16]);
            case Reattach again -> reattach(connection, again.knowsPassword());
            case Drop drop -> disconnect(connection);
            case Request request -> send(connection, request.op(), request.body());
            case Authenticate identity -> authenticate(connection, identity.scheme(), identity.credentials());
            case SetWatches watches -> {
                List<List<String>> paths = watches.pathsByKind();
                // Pando tells a reconnecting client nothing it may not read; the super user may read everything.
                authenticate(connection, "digest", AccessLists.SUPER);
                Body body = Body.empty().int64(connection.lastZxid);
                paths.forEach(body::texts);
                sendAs(connection, SET_WATCHES_XID, paths.size() == 3 ? Op.SET_WATCHES : Op.SET_WATCHES2, body);
            }
            case CloseSession close -> send(connection, Op.CLOSE_SESSION, Body.empty());
        }
    }

    private void attach(Connection connection, long id, byte[] password) throws IOException {
        RawClient socket = RawClient.open(port);
        connection.socket = socket;
        Handshake answer = socket.attach(SESSION_TIMEOUT_MS, id, password, connection.lastZxid);
        if (answer.isRefused()) {
            connection.note = "refused";
            disconnect(connection);
            return;
        }
        names.opened(answer.sessionId());
        connection.session = answer;
        connection.note = "session " + names.ofSession(answer.sessionId()) + " for " + answer.timeoutMs();
    }

    private void reattach(Connection connection, boolean knowsPassword) throws IOException {
        Handshake session = connection.session;
        if (session == null) return;
        byte[] password = session.password();
        if (!knowsPassword) password[7]++;
        attach(connection, session.sessionId(), password);
    }

    private static void send(Connection connection, int op, Body body) throws IOException {
        if (connection.socket == null) return;
        connection.awaitedOp = op;
        connection.awaitedXid = connection.socket.send(op, body);
    }

    private static void sendAs(Connection connection, int xid, int op, Body body) throws IOException {
        if (connection.socket == null) return;
        connection.awaitedOp = op;
        connection.awaitedXid = xid;
        connection.socket.send(xid, op, body);
    }

    private static void authenticate(Connection connection, String scheme, String credentials) throws IOException {
        sendAs(connection, AUTH_XID, Op.AUTH, Body.empty().int32(0).text(scheme).text(credentials));
    }

    private static void disconnect(Connection connection) {
        if (connection.socket != null) connection.socket.close();
        connection.socket = null;
    }

    /** Everything the server said about a step, connection by connection. */
    String finish(Step step, int number) throws IOException {
        Connection acting = connections.get(step.connection());
        readUpTo(acting, acting.awaitedXid);
        if (lastReplyAnnouncesTheEnd(acting)) readUpTo(acting, NO_XID);
        for (Connection each : connections) ping(each);
        for (Connection each : connections) readUpTo(each, PING_XID);
        nameChange(acting, number);
        StringBuilder said = new StringBuilder();
        boolean inOrder = !(step.action() instanceof CloseSession);
        for (int i = 0; i < connections.size(); i++) said.append(tell(i, inOrder));
        if (step.action() instanceof CloseSession) forget(acting);
        return said.toString();
    }

    /** A refused type or identity: the server closes behind its reply, though not always before our ping gets in. */
    private static boolean lastReplyAnnouncesTheEnd(Connection acting) {
        if (acting.frames.isEmpty()) return false;
        Reply last = acting.frames.get(acting.frames.size() - 1);
        return last.error() == Errors.AUTH_FAILED || (last.error() == Errors.UNIMPLEMENTED && last.zxid() == -1);
    }

    private static void ping(Connection connection) {
        try {
            if (connection.socket != null) connection.socket.send(PING_XID, Op.PING, Body.empty());
        } catch (IOException e) {
            // The server closed it; the read that follows shows so.
        }
    }

    private static void readUpTo(Connection connection, int xid) throws IOException {
        RawClient socket = connection.socket;
        if (socket == null || xid == 0) return;
        try {
            Reply frame;
            do {
                frame = socket.receive();
                connection.frames.add(frame);
            } while (frame.xid() != xid);
        } catch (EOFException | SocketException e) {
            connection.note += "closed by the server";
            disconnect(connection);
        } catch (SocketTimeoutException e) {
            connection.note += "no answer, and not closed";
            disconnect(connection);
        }
    }

    private void nameChange(Connection acting, int number) {
        for (Reply frame : acting.frames) {
            if (frame.xid() == acting.awaitedXid && Transcript.tellsOfChange(acting.awaitedOp, frame)) {
                names.changed(frame.zxid(), number);
            }
        }
    }

    /** ZooKeeper deletes a session's ephemerals in the order of its hash table; then events have none either. */
    private String tell(int index, boolean eventsInOrder) {
        Connection connection = connections.get(index);
        List<String> said = new ArrayList<>();
        List<String> events = eventsInOrder ? said : new ArrayList<>();
        for (Reply frame : connection.frames) {
            if (frame.xid() == -1) {
                events.add(transcript.event(frame));
            } else {
                said.add(transcript.reply(frame.xid() == PING_XID ? Op.PING : connection.awaitedOp, frame));
                connection.lastZxid = Math.max(connection.lastZxid, frame.zxid());
            }
        }
        if (!eventsInOrder) events.stream().sorted().forEach(said::add);
        if (!connection.note.isEmpty()) said.add(connection.note);
        connection.frames.clear();
        connection.note = "";
        StringBuilder lines = new StringBuilder();
        said.forEach(line ->
                lines.append("  #").append(index).append(' ').append(line).append('\n'));
        return lines.toString();
    }

    private static void forget(Connection connection) {
        disconnect(connection);
        connection.session = null;
        connection.lastZxid = 0;
    }

    @Override
    public void close() {
        connections.forEach(Side::disconnect);
    }
}
