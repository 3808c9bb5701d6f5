package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.server.auth.AuthenticationFailedException;
import io.pando.server.core.Client;
import io.pando.server.core.Outbound;
import io.pando.server.core.Session;
import io.pando.server.figures.ConnectionFigures;
import io.pando.server.figures.Turn;
import io.pando.server.watch.Notification;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: first stop of every request and last of every reply.
 *
 * <p>It greets (a handshake or a four-letter command), waits for its session, then takes frames and hands them to its {@link
 * RequestFlow}. What the core has for the client comes through the outbox, which is looked into when the core says so, and
 * before anything is answered from a newer tree. Confined to its event loop, but for the outbox, the identities and the
 * figures.
 */
final class ClientConnection extends ByteToMessageDecoder implements Client, OpenConnection {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    /** A client that lets so many bytes of events lie is cut off: by reconnecting it misses nothing. */
    private static final long MAX_UNSENT_BYTES = 16 << 20;

    /** Whoever connects has something to say soon; the others would only hold a place. */
    private static final int GREETING_SECONDS = 10;

    private static final int RETRY_MS = 1;
    private static final int HEADER_BYTES = 8;

    private final ClientServices services;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final Identities identities;
    private final Outgoing out;
    private final long openedMs = System.currentTimeMillis();
    private final ConnectionFigures figures = new ConnectionFigures();
    private final ServingLoop loop;
    private final Turn turn;

    /** From the core thread to the event loop. */
    private final Queue<Outbound> outbox = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Session session; // written by the event loop, once; read by four-letter words
    private boolean noted; // core thread: will be woken at the end of this turn
    private Phase phase = Phase.GREETING;
    private @Nullable Future<?> silenceLimit;
    private @Nullable ConnectRequest handshake;
    private @Nullable RequestFlow flow;
    private long nowNanos;

    private enum Phase {
        GREETING,
        ATTACHING,
        ATTACHED,
        CLOSING
    }

    ClientConnection(ClientServices services, Channel channel, InetSocketAddress remote) {
        this.services = services;
        this.channel = channel;
        this.remote = remote;
        this.loop = services.loops().of(channel.eventLoop());
        this.turn = loop.turn();
        this.out = new Outgoing(channel, turn);
        this.identities = new Identities(services.access(), services.rules().requiredSchemes(), remote.getAddress());
    }

    // What comes from the client.

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        nowNanos = System.nanoTime();
        Session attached = session;
        if (attached != null) {
            attached.heardAt(TimeUnit.NANOSECONDS.toMillis(nowNanos));
        }
        super.channelRead(context, bytes);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> unused) {
        try {
            switch (phase) {
                case GREETING -> greet(in);
                case ATTACHED -> takeRequests(in);
                case ATTACHING -> {} // bytes wait until the session is settled
                case CLOSING -> in.skipBytes(in.readableBytes());
            }
        } catch (MarshallingException e) {
            log.info("Closing the connection of {}: {}", remote, e.getMessage());
            in.skipBytes(in.readableBytes());
            closeAfterFlush();
        }
    }

    private void greet(ByteBuf in) throws MarshallingException {
        switch (Greeting.take(in, services.fourLetterWords(), services.rules().maxFrameBytes())) {
            case Greeting.Incomplete incomplete -> {
                return;
            }
            case Greeting.Command command -> obey(command);
            case Greeting.Handshake shake -> shakeHands(shake.request());
        }
        liftSilenceLimit();
    }

    private void obey(Greeting.Command command) {
        phase = Phase.CLOSING;
        services.askers().execute(() -> {
            String answer = command.answer();
            channel.eventLoop().execute(() -> out.textAndClose(answer));
        });
    }

    private void shakeHands(ConnectRequest request) {
        long applied = services.publication().root().zxid();
        if (request.lastZxidSeen() > applied) {
            log.info(
                    "Refusing {}: it has seen zxid 0x{}, this server only 0x{}; it must try another server",
                    remote,
                    Long.toHexString(request.lastZxidSeen()),
                    Long.toHexString(applied));
            closeAfterFlush();
            return;
        }
        services.figures().handshake();
        handshake = request;
        phase = Phase.ATTACHING;
        pauseReading();
        attach(request);
    }

    private void attach(ConnectRequest request) {
        if (!services.core().attach(this, request)) {
            channel.eventLoop().schedule(() -> attach(request), RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void takeRequests(ByteBuf in) throws MarshallingException {
        while (phase == Phase.ATTACHED) {
            if (isBusy()) {
                pauseReading();
                return;
            }
            int start = in.readerIndex();
            int end = Frames.completeAt(in, services.rules().maxFrameBytes());
            if (end == Frames.INCOMPLETE) {
                return;
            }
            in.skipBytes(Frames.LENGTH_BYTES);
            if (!takeRequest(in, end)) {
                in.readerIndex(start);
                pauseReading();
                lookAgainSoon();
                return;
            }
            in.readerIndex(end);
        }
    }

    /** Whether to take nothing more for now: the client doesn't read its replies, or the server has enough to do. */
    private boolean isBusy() {
        int unanswered = flow().unanswered();
        int limit = services.rules().maxUnanswered();
        return !channel.isWritable()
                || unanswered >= limit
                || (unanswered > 0 && services.core().outstanding() >= limit);
    }

    private boolean takeRequest(ByteBuf in, int end) throws MarshallingException {
        if (end - in.readerIndex() < HEADER_BYTES) {
            throw new MarshallingException("A request without a header");
        }
        int start = in.readerIndex() - Frames.LENGTH_BYTES;
        int xid = in.readInt();
        int type = in.readInt();
        OpCode op = OpCode.of(type);
        turn.received(end - start);
        if (op != OpCode.AUTH && op != OpCode.SASL && identities.areInsufficient()) {
            refuseAndClose(xid, 0, ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH);
        } else if (op == null || !op.mayComeFromConnection()) {
            refuseAndClose(xid, -1, ErrorCode.UNIMPLEMENTED);
        } else {
            return takeRequest(xid, op, new WireReader(in, end));
        }
        return true;
    }

    private boolean takeRequest(int xid, OpCode op, WireReader body) {
        Request request;
        try {
            request = Request.read(op, body);
        } catch (MarshallingException e) {
            log.debug("Unreadable {} of {}: {}", op, remote, e.getMessage());
            flow().takeUnreadable(xid);
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
        return flow().take(xid, request, nowNanos);
    }

    private void authenticate(int xid, SessionRequest.Auth auth) {
        try {
            identities.authenticate(auth);
            out.reply(xid, 0, new Reply.Nothing());
        } catch (AuthenticationFailedException e) {
            services.figures().authenticationFailed();
            log.info("Authentication of {} failed: {}", remote, e.getMessage());
            refuseAndClose(xid, 0, ErrorCode.AUTH_FAILED);
        }
    }

    private void refuseAndClose(int xid, long zxid, ErrorCode code) {
        out.failure(xid, zxid, code);
        closeAfterFlush();
    }

    private RequestFlow flow() {
        if (flow == null) {
            throw new IllegalStateException("No session is attached");
        }
        return flow;
    }

    // What goes to the client.

    @Override
    public void send(Outbound outbound) {
        outbox.add(outbound);
        if (!noted) {
            noted = true;
            loop.note(this);
        }
    }

    @Override
    public void tell(Notification event) {
        send(new Outbound.Event(event));
    }

    /** The core's turn is over: what is sent from now on belongs to the next. Core thread. */
    void beginNextTurn() {
        noted = false;
    }

    /** The core says that there is something in the outbox. */
    void lookIntoOutbox() {
        try {
            nowNanos = System.nanoTime();
            tellUpTo(services.publication().root().zxid());
            endTurn();
            resumeReading();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Gathers, in the order in which it happened, what the client is to be told up to a published zxid. */
    void tellUpTo(long zxid) {
        for (Outbound next = outbox.peek(); next != null && next.zxid() <= zxid; next = outbox.peek()) {
            outbox.remove();
            if (phase != Phase.CLOSING) {
                tell(next);
            }
        }
    }

    private void tell(Outbound outbound) {
        switch (outbound) {
            case Outbound.Event event -> tellEvent(event.event());
            case Outbound.WriteReply reply -> flow().answered(reply);
            case Outbound.Synced synced -> flow().synced(synced);
            case Outbound.Refused refused -> flow().refused(refused);
            case Outbound.Attached attached -> attached(attached);
            case Outbound.Rejected rejected -> {
                out.handshake(ConnectResponse.refused(handshake(), false));
                closeAfterFlush();
            }
            case Outbound.Dropped dropped -> closeAfterFlush();
        }
    }

    private void tellEvent(Notification event) {
        out.event(event);
        if (out.unsentBytes() > MAX_UNSENT_BYTES) {
            log.warn("Closing the connection of {}: it doesn't take the events of its watches", remote);
            phase = Phase.CLOSING;
            channel.close();
        }
    }

    private void attached(Outbound.Attached attached) {
        Session mine = attached.session();
        session = mine;
        flow = new RequestFlow(services, this, out, turn, mine);
        out.handshake(ConnectResponse.accepted(handshake(), mine.timeoutMs(), mine.id(), attached.password(), false));
        phase = Phase.ATTACHED;
    }

    private ConnectRequest handshake() {
        if (handshake == null) {
            throw new IllegalStateException("No handshake was made");
        }
        return handshake;
    }

    void closeAfterFlush() {
        phase = Phase.CLOSING;
        out.flushAndClose();
    }

    private void endTurn() {
        out.flush();
        count();
    }

    private void count() {
        if (!turn.isEmpty()) {
            turn.end(figures, services.figures(), nowNanos, System.nanoTime());
        }
    }

    // Back-pressure and the end.

    private void pauseReading() {
        channel.config().setAutoRead(false);
    }

    private void resumeReading() {
        if (!channel.config().isAutoRead() && phase != Phase.ATTACHING) {
            channel.config().setAutoRead(true);
            takeWhatHasArrived();
        }
    }

    /** Lets the decoder look once more at the bytes that it holds. */
    private void takeWhatHasArrived() {
        channel.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER);
        channel.pipeline().fireChannelReadComplete();
    }

    /** The core had no room: try again in a moment. */
    void lookAgainSoon() {
        channel.eventLoop().schedule(this::tryAgain, RETRY_MS, TimeUnit.MILLISECONDS);
    }

    private void tryAgain() {
        if (phase == Phase.ATTACHED) {
            flow().proceed(services.publication().root());
            lookIntoOutbox();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        endTurn();
        if (channel.config().isAutoRead()) {
            super.channelReadComplete(context);
        } else { // super would ask for more bytes, since nothing was passed on, and so undo the pause
            discardSomeReadBytes();
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (channel.isWritable()) {
            // Later: this is called from within a flush, in the middle of answering something.
            channel.eventLoop().execute(this::resumeReading);
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        services.connections().add(this);
        silenceLimit = channel.eventLoop().schedule(this::endSilence, GREETING_SECONDS, TimeUnit.SECONDS);
        super.channelActive(context);
    }

    private void endSilence() {
        log.info("Closing the connection of {}: it said nothing for {} s", remote, GREETING_SECONDS);
        channel.close();
    }

    private void liftSilenceLimit() {
        if (silenceLimit != null) {
            silenceLimit.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        phase = Phase.CLOSING;
        liftSilenceLimit();
        out.discard();
        services.connections().remove(this);
        services.publication().watching((root, watches) -> {
            watches.removeAll(this);
            return root;
        });
        leave();
        super.channelInactive(context);
    }

    private void leave() {
        if (!services.core().disconnected(this, session)) {
            channel.eventLoop().schedule(this::leave, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    /** What goes wrong here must not harm other connections of the event loop: only this one is closed. */
    private void fail(Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("Connection of {} broke: {}", remote, cause.toString());
        } else {
            log.error("Closing the connection of {}: this server made a mistake", remote, cause);
        }
        phase = Phase.CLOSING;
        count();
        channel.close();
    }

    // What others ask about it.

    @Override
    public List<Id> identities() {
        return identities.all();
    }

    /** When the bytes that are being looked at arrived, or the outbox was looked into. */
    long nowNanos() {
        return nowNanos;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public int timeoutMs() {
        Session attached = session;
        return attached == null ? 0 : attached.timeoutMs();
    }

    @Override
    public long openedMs() {
        return openedMs;
    }

    @Override
    public ConnectionFigures figures() {
        return figures;
    }

    @Override
    public long sessionId() {
        Session attached = session;
        return attached == null ? 0 : attached.id();
    }
}
