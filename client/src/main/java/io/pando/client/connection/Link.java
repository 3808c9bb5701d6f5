package io.pando.client.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.pando.client.connection.TriedServer.Problem;
import io.pando.session.ConnectRequest;
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
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server: says hello, writes requests in batches, and matches what comes back with what was asked. It decides
 * nothing; the {@link SessionLife} does. Confined to the event loop.
 */
final class Link extends ByteToMessageDecoder {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int FIRST_BUFFER_BYTES = 256;

    private final SessionLife life;
    private final Requests requests;
    private final ConnectRequest hello;
    private final Settings settings;
    private final Deque<Introduction> introduced = new ArrayDeque<>();
    private @Nullable Channel channel;
    private @Nullable InetSocketAddress address;
    private @Nullable Problem problem;
    private @Nullable String reason;
    private long helloNanos;
    private long pingNanos;
    private int lastXid;
    private boolean welcomed;
    private boolean pinging;

    Link(SessionLife life, Requests requests, ConnectRequest hello, Settings settings) {
        this.life = life;
        this.requests = requests;
        this.hello = hello;
        this.settings = settings;
    }

    long askedSessionId() {
        return hello.sessionId();
    }

    /** Whether a server has answered to the hello, be it with a no. */
    boolean isWelcomed() {
        return welcomed;
    }

    /** Whom the next news are about. */
    void goesTo(InetSocketAddress server) {
        address = server;
    }

    /** Ends the connection, if there is one; the session's life hears of it. */
    void breakUp(String why) {
        breakUp(Problem.BROKEN, why);
    }

    void breakUp(Problem what, String why) {
        if (reason == null) {
            problem = what;
            reason = why;
        }
        if (channel != null) {
            channel.close();
        }
    }

    /** Why it ended, and at which server. */
    TriedServer end() {
        InetSocketAddress server = address;
        if (server == null) {
            throw new IllegalStateException("It went nowhere");
        }
        return reason == null || problem == null
                ? new TriedServer(server, Problem.NOT_SERVING, "it closed the connection")
                : new TriedServer(server, problem, reason);
    }

    /** Sends what waits, as long as the connection takes it. */
    void pump(long lastZxid, long nowNanos) {
        Channel open = open();
        if (!welcomed || !requests.hasWaiting() || !open.isWritable()) {
            return;
        }
        while (requests.hasWaiting() && open.isWritable()) {
            ByteBuf out = open.alloc().buffer(FIRST_BUFFER_BYTES);
            WireWriter writer = new WireWriter(out);
            Ask ask;
            while (out.readableBytes() < BATCH_BYTES && (ask = requests.next()) != null) {
                Ask sync = ask.sync();
                if (sync != null) {
                    write(sync, writer, out, lastZxid, nowNanos);
                }
                write(ask, writer, out, lastZxid, nowNanos);
            }
            open.write(out);
        }
        open.flush();
        life.spoke(nowNanos);
    }

    private void write(Ask ask, WireWriter writer, ByteBuf out, long lastZxid, long nowNanos) {
        int start = out.writerIndex();
        ask.xid = nextXid();
        ask.request().writeFrame(ask.xid, writer);
        if (out.writerIndex() - start - Frames.LENGTH_BYTES > settings.mostRequestBytes()) {
            out.writerIndex(start);
            ask.settle(new Outcome.Nothing(Outcome.Why.REQUEST_TOO_LARGE));
            return;
        }
        ask.sentNanos = nowNanos;
        ask.zxidWhenSent = lastZxid;
        requests.sent(ask);
    }

    void ping(long nowNanos) {
        if (!pinging) {
            pinging = true;
            pingNanos = nowNanos;
            send(new SessionRequest.Ping(), Xids.PING);
        }
        life.spoke(nowNanos);
    }

    void introduce(Introduction introduction) {
        introduced.addLast(introduction);
        Identity identity = introduction.identity();
        send(new SessionRequest.Auth(0, identity.scheme(), identity.auth()), Xids.AUTH);
    }

    void setWatches(WatchRequest.SetWatches request) {
        send(request, Xids.SET_WATCHES);
    }

    /** Ends a session that has no requests under way. */
    void sayGoodbye() {
        send(new WriteRequest.CloseSession(), nextXid());
    }

    private void send(Request request, int xid) {
        write(out -> request.writeFrame(xid, out));
    }

    private void write(Consumer<WireWriter> message) {
        ByteBuf out = open().alloc().buffer(FIRST_BUFFER_BYTES);
        message.accept(new WireWriter(out));
        open().writeAndFlush(out);
    }

    private Channel open() {
        if (channel == null) {
            throw new IllegalStateException("There is no connection yet");
        }
        return channel;
    }

    private int nextXid() {
        lastXid = lastXid == Integer.MAX_VALUE ? 1 : lastXid + 1;
        return lastXid;
    }

    // ---- what the connection tells

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        channel = ctx.channel();
        if (reason != null) {
            ctx.close();
        } else if (ctx.pipeline().get(SslHandler.class) == null) {
            greet();
        }
        super.channelActive(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                greet();
            } else {
                breakUp(Problem.TLS_FAILED, String.valueOf(tls.cause().getMessage()));
            }
        }
        super.userEventTriggered(ctx, event);
    }

    private void greet() {
        helloNanos = System.nanoTime();
        write(hello::writeFrame);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (reason != null) {
            // Given up: what still lies in the buffer is not believed.
            in.skipBytes(in.readableBytes());
            return;
        }
        int end = frameEnd(in);
        if (end == Frames.INCOMPLETE) {
            return;
        }
        in.skipBytes(Frames.LENGTH_BYTES);
        WireReader reader = new WireReader(in, end);
        if (welcomed) {
            message(reader);
        } else {
            ConnectResponse response = ConnectResponse.read(reader);
            welcomed = true;
            life.welcome(this, response, helloNanos);
        }
        in.readerIndex(end);
    }

    private int frameEnd(ByteBuf in) throws MarshallingException {
        try {
            return Frames.completeAt(in, settings.mostReplyBytes());
        } catch (MarshallingException tooLong) {
            // If its number has arrived too, one request is to blame, and asking it again would break the next
            // connection.
            Ask oldest = requests.oldestUnderWay();
            boolean numbered = in.readableBytes() >= Frames.LENGTH_BYTES + Integer.BYTES;
            if (numbered && oldest != null && in.getInt(in.readerIndex() + Frames.LENGTH_BYTES) == oldest.xid) {
                oldest.settle(new Outcome.Nothing(Outcome.Why.REPLY_TOO_LARGE));
            }
            throw tooLong;
        }
    }

    private void message(WireReader in) throws MarshallingException {
        ReplyHeader header = ReplyHeader.read(in);
        switch (header.xid()) {
            case Xids.NOTIFICATION -> life.event(WatchEvent.read(in), header.zxid());
            case Xids.PING -> {
                pinging = false;
                life.proven(pingNanos, header.zxid());
            }
            case Xids.AUTH -> {
                Introduction introduction = introduced.pollFirst();
                if (introduction != null) {
                    life.introduced(introduction, header.err());
                }
            }
            case Xids.SET_WATCHES -> {
                if (header.err() != 0) {
                    throw new MarshallingException("Watches could not be set again: error " + header.err());
                }
            }
            default -> answer(header, in);
        }
    }

    private void answer(ReplyHeader header, WireReader in) throws MarshallingException {
        Ask ask = requests.oldestUnderWay();
        if (ask == null || ask.xid != header.xid()) {
            throw new MarshallingException("An answer to request " + header.xid() + ", and "
                    + (ask == null ? "none is open" : "not to " + ask.xid));
        }
        Reply reply = header.err() == 0 ? Reply.read(ask.request().op(), in) : null;
        requests.answered();
        life.proven(ask.sentNanos, header.zxid());
        if (ask.syncOf != null) {
            ask.syncOf.syncErr = header.err();
            return;
        }
        int err = ask.syncErr == 0 ? header.err() : ask.syncErr;
        life.answered(ask, new Outcome.Answered(err, err == 0 ? reply : null, header.zxid()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        life.heard();
        super.channelReadComplete(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        life.writable(this);
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        String why = root.getMessage() == null ? root.toString() : root.getMessage();
        breakUp(root instanceof SSLException ? Problem.TLS_FAILED : Problem.BROKEN, why);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        life.broken(this);
    }
}
