package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.pando.datatree.ErrorCode;
import io.pando.server.auth.AuthenticationFailedException;
import io.pando.server.core.Session;
import io.pando.server.figures.Turn;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection with a session: makes requests of frames and gives them to the {@link RequestFlow}, but for those about who
 * the client is, which it settles itself. Event loop of the connection.
 */
final class Attached {
    private static final Logger log = LoggerFactory.getLogger(Attached.class);
    private static final int HEADER_BYTES = 8;

    /** Of requests that wait behind others of their own connection; what has no place here stays in the socket. */
    private static final long MAX_HELD_BACK_BYTES = 4 << 20;

    private final ClientServices services;
    private final ClientConnection connection;
    private final Identities identities;
    private final Outgoing out;
    private final Turn turn;
    private final RequestFlow flow;

    Attached(
            ClientServices services,
            ClientConnection connection,
            Identities identities,
            Outgoing out,
            Turn turn,
            Session session) {
        this.services = services;
        this.connection = connection;
        this.identities = identities;
        this.out = out;
        this.turn = turn;
        this.flow = new RequestFlow(services, connection, out, turn, session);
    }

    RequestFlow flow() {
        return flow;
    }

    /** Whether the server has enough to do, so that it takes nothing more of this client for now. */
    boolean isBusy() {
        if (flow.heldBackBytes() >= MAX_HELD_BACK_BYTES) {
            return true;
        }
        int unanswered = flow.unanswered();
        int limit = services.rules().maxUnanswered();
        return unanswered >= limit || (unanswered > 0 && services.core().outstanding() >= limit);
    }

    /**
     * Takes the request whose frame, without its length, lies between the reader's position and {@code end}. Answers false if
     * there is no room for it now, at the core or among {@link LongMultis}.
     */
    boolean take(ByteBuf in, int end) throws MarshallingException {
        int bytes = end - in.readerIndex();
        if (bytes < HEADER_BYTES) {
            throw new MarshallingException("A request without a header");
        }
        int xid = in.readInt();
        OpCode op = OpCode.of(in.readInt());
        if (op != null && !services.longMultis().mayComeIn(op, bytes)) {
            return false;
        }
        turn.received(Frames.LENGTH_BYTES + bytes);
        if (op != OpCode.AUTH && op != OpCode.SASL && identities.areInsufficient()) {
            refuseAndClose(xid, 0, ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH);
        } else if (op == null || !op.mayComeFromConnection()) {
            refuseAndClose(xid, -1, ErrorCode.UNIMPLEMENTED);
        } else {
            return take(xid, op, new WireReader(in, end), bytes);
        }
        return true;
    }

    private boolean take(int xid, OpCode op, WireReader body, int bytes) {
        Request request;
        try {
            request = Request.read(op, body);
        } catch (MarshallingException e) {
            log.debug("Unreadable {} of {}: {}", op, connection.remote(), e.getMessage());
            flow.takeUnreadable(xid);
            return true;
        }
        if (request instanceof SessionRequest.Auth auth) {
            authenticate(xid, auth);
            return true;
        }
        if (request instanceof SessionRequest.Sasl) {
            refuseAndClose(xid, 0, ErrorCode.AUTH_FAILED);
            return true;
        }
        boolean taken = flow.take(xid, request, bytes, connection.nowNanos());
        if (taken) {
            services.longMultis().cameIn(request);
        }
        return taken;
    }

    private void authenticate(int xid, SessionRequest.Auth auth) {
        try {
            identities.authenticate(auth);
            out.reply(xid, 0, new Reply.Nothing());
        } catch (AuthenticationFailedException e) {
            services.figures().authenticationFailed();
            log.info("Authentication of {} failed: {}", connection.remote(), e.getMessage());
            refuseAndClose(xid, 0, ErrorCode.AUTH_FAILED);
        }
    }

    private void refuseAndClose(int xid, long zxid, ErrorCode code) {
        out.failure(xid, zxid, code);
        connection.closeAfterFlush();
    }
}
