package io.pando.test.whole;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pando.datatree.ErrorCode;
import io.pando.session.ConnectResponse;
import io.pando.session.Reply;
import io.pando.session.ReplyHeader;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.session.WriteRequest;
import io.pando.session.Xids;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import io.pando.zab.sim.SimFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A client's end of one connection: what it has asked there, and whether what it is told fits. */
final class ClientEnd {
    private static final long CONNECT_MS = 500;

    private final SimClient client;
    private final World world;
    private final ClientSession session;
    private final Connection connection;
    private final long floor; // the newest zxid that anybody had been told of when it began
    private final Deque<Op> open = new ArrayDeque<>();
    private final ByteBuf arrived = Unpooled.buffer();
    private boolean attached;
    private WatchRequest.@Nullable SetWatches settingAgain;
    private long heardMs;
    private long sentMs;

    ClientEnd(SimClient client, World world, ClientSession session, Connection connection) {
        this.client = client;
        this.world = world;
        this.session = session;
        this.connection = connection;
        this.floor = world.oracle().newestTold();
        this.heardMs = world.nowMs();
    }

    Connection connection() {
        return connection;
    }

    // ---- what it says

    /** Asks for a session, or for the one that it had. */
    void greet() {
        ByteBuf frame = Unpooled.buffer();
        session.request().writeFrame(new WireWriter(frame));
        send(frame);
    }

    void ask(Request request) {
        Op op = world.oracle()
                .asked(new Op(
                        client.number(),
                        session.id(),
                        session.nextXid(),
                        request,
                        client.identities(),
                        world.oracle().newestTold()));
        open.add(op);
        send(op.xid(), request);
    }

    /** Asks for the end of its session. */
    void closeSession() {
        if (!session.readsAlone()) {
            world.oracle().sessions().closeAsked(session.id());
        }
        ask(new WriteRequest.CloseSession());
        attached = false; // nothing more is asked
    }

    void pingIfDue() {
        if (attached && world.nowMs() - sentMs > session.timeoutMs() / 3) {
            send(Xids.PING, new SessionRequest.Ping());
        }
    }

    private void send(int xid, Request request) {
        ByteBuf frame = Unpooled.buffer();
        request.writeFrame(xid, new WireWriter(frame));
        send(frame);
    }

    private void send(ByteBuf frame) {
        connection.send(ByteBufUtil.getBytes(frame));
        sentMs = world.nowMs();
    }

    // ---- what it is told

    void received(byte[] bytes) {
        heardMs = world.nowMs();
        arrived.writeBytes(bytes);
        try {
            for (int end = Frames.completeAt(arrived, 1 << 20);
                    equals(client.end()) && end != Frames.INCOMPLETE;
                    end = Frames.completeAt(arrived, 1 << 20)) {
                arrived.skipBytes(Frames.LENGTH_BYTES);
                frame(new WireReader(arrived, end));
                arrived.readerIndex(end);
            }
        } catch (MarshallingException e) {
            throw new SimFailure(client + " can't read what it is told", e);
        }
    }

    private void frame(WireReader in) throws MarshallingException {
        if (!attached && !isClosing()) {
            handshake(ConnectResponse.read(in));
            return;
        }
        ReplyHeader header = ReplyHeader.read(in);
        if (header.xid() == Xids.NOTIFICATION) {
            event(header.zxid(), WatchEvent.read(in));
            return;
        }
        if (header.xid() == Xids.AUTH) {
            if (header.err() != 0) {
                throw new SimFailure(client + " is not believed: " + header);
            }
            world.coverage().count("clients that have proven who they are");
            return;
        }
        session.see(header.zxid(), header);
        switch (header.xid()) {
            case Xids.PING -> session.watches().told(header.zxid(), "a ping");
            case Xids.SET_WATCHES -> watchesAreSetAgain(header.zxid());
            default -> answer(header, in);
        }
    }

    private boolean isClosing() {
        return !open.isEmpty() && open.getLast().request() instanceof WriteRequest.CloseSession;
    }

    private void handshake(ConnectResponse response) {
        if (response.timeoutMs() <= 0) {
            client.sessionIsOver(this);
            return;
        }
        session.given(response, connection.serverId(), floor);
        attached = true;
        SessionRequest.Auth proof = client.proof();
        if (proof != null) {
            send(Xids.AUTH, proof);
        }
        boolean watchesNothing = session.watches().isEmpty();
        WatchRequest.SetWatches again = session.watches().setAgain(session.lastZxid());
        if (!watchesNothing) {
            settingAgain = again;
            send(Xids.SET_WATCHES, again);
        }
    }

    private void watchesAreSetAgain(long zxid) {
        if (settingAgain == null) {
            throw new SimFailure("Nobody has set watches again");
        }
        session.watches().setAgainAt(zxid, settingAgain);
        settingAgain = null;
        world.coverage().count("watches set again");
    }

    private void event(long zxid, WatchEvent event) {
        world.coverage().count("event " + event.type() + (zxid == -1 ? ", caught up" : ""));
        if (zxid != -1) {
            session.see(zxid, event);
        }
        session.watches().event(zxid, event);
    }

    private void answer(ReplyHeader header, WireReader in) throws MarshallingException {
        Op op = open.poll();
        if (op == null || op.xid() != header.xid()) {
            throw new SimFailure(client + " is given " + header + " as the answer to " + op);
        }
        Answer answer = header.err() == 0 ? Answer.of(Reply.read(op.request().op(), in)) : new Answer(header.err(), "");
        session.watches().told(header.zxid(), op);
        world.coverage().count("answers to " + op.request().op() + (answer.code() == 0 ? "" : ", refused"));
        if (answer.code() == ErrorCode.NO_AUTH.code()) {
            world.coverage()
                    .count("refused for want of permission: " + op.request().op());
        }
        world.oracle().answered(op, header.zxid(), answer);
        session.watches().answered(op.request(), answer);
        client.answered(this, op.request(), answer);
    }

    // ---- how it stands

    /** Whether it has a session there, and has not asked for its end. */
    boolean isAttached() {
        return attached;
    }

    /** Whether it also has its watches back. */
    boolean isCaughtUp() {
        return attached && settingAgain == null;
    }

    int openRequests() {
        return open.size();
    }

    boolean hasRoomForMore() {
        return attached && open.size() < world.profile().window();
    }

    /** Whether the server has been silent for so long that it is better to try another one. */
    boolean isInVain() {
        long patienceMs = attached ? session.timeoutMs() * 2L / 3 : CONNECT_MS;
        return world.nowMs() - heardMs > patienceMs;
    }

    int timeoutMs() {
        return session.timeoutMs();
    }
}
