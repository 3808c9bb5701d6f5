package io.pando.zab.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.Hello;
import io.pando.zab.message.MalformedMessageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The first exchange on a connection: who dials greets, who was dialed answers, and both judge by the same rules. Nobody else is
 * affected until both are content, so that strangers and mistakes end here. Event loop of the connection.
 */
final class Handshake extends ByteToMessageDecoder {
    private static final long ANYBODY = -1;

    private final Greeting.Purpose purpose;
    private final Hello own;
    private final long dialed;
    private final Duration timeout;
    private final Outcome outcome;
    private final LongPredicate mustWait;
    private @Nullable Future<?> expiry;
    private boolean over;

    /** Told once how it went. */
    interface Outcome {

        /** Adds the handlers that take over; what has arrived already goes to them. */
        void agreed(Channel channel, Hello hello);

        void refused(Channel channel, String why);

        /** The last call in any case, also for a connection that was gone before it began. */
        default void left() {}
    }

    private Handshake(
            Greeting.Purpose purpose,
            Hello own,
            long dialed,
            Duration timeout,
            Outcome outcome,
            LongPredicate mustWait) {
        this.purpose = purpose;
        this.own = own;
        this.dialed = dialed;
        this.timeout = timeout;
        this.outcome = outcome;
        this.mustWait = mustWait;
    }

    static Handshake dialing(Greeting.Purpose purpose, Hello own, long serverId, Duration timeout, Outcome outcome) {
        return new Handshake(purpose, own, serverId, timeout, outcome, id -> false);
    }

    /** @param mustWait who must not connect, because this server itself dials it: two links would get in each other's way */
    static Handshake accepting(
            Greeting.Purpose purpose, Hello own, Duration timeout, Outcome outcome, LongPredicate mustWait) {
        return new Handshake(purpose, own, ANYBODY, timeout, outcome, mustWait);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        expiry = context.executor()
                .schedule(
                        () -> refuse(context, "It said nothing for " + timeout.toMillis() + " ms"),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        if (dialed != ANYBODY) {
            greet(context, dialed);
        }
    }

    private void greet(ChannelHandlerContext context, long to) {
        context.writeAndFlush(Unpooled.wrappedBuffer(new Greeting(purpose, to, own).encode()));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        try {
            Greeting greeting = over ? null : greetingOf(in);
            if (greeting != null) {
                answer(context, greeting);
            }
        } catch (MalformedMessageException e) {
            refuse(context, "It does not greet: " + e.getMessage());
        }
        if (over && !context.isRemoved()) {
            in.skipBytes(in.readableBytes());
        }
    }

    private static @Nullable Greeting greetingOf(ByteBuf in) throws MalformedMessageException {
        if (in.readableBytes() < Integer.BYTES) {
            return null;
        }
        int lengthBytes = in.getInt(in.readerIndex());
        Greeting.checkLength(lengthBytes);
        if (in.readableBytes() < Integer.BYTES + lengthBytes) {
            return null;
        }
        Greeting greeting = Greeting.decode(in.nioBuffer(in.readerIndex() + Integer.BYTES, lengthBytes));
        in.skipBytes(Integer.BYTES + lengthBytes);
        return greeting;
    }

    private void answer(ChannelHandlerContext context, Greeting greeting) {
        Hello hello = greeting.hello();
        if (mustWait.test(hello.serverId())) {
            refuse(context, "Server " + hello.serverId() + " must wait to be dialed by this one");
            return;
        }
        if (dialed == ANYBODY) {
            // Also to those that are refused: they come to the same conclusion and can say why.
            greet(context, hello.serverId());
        }
        String objection = objectionTo(greeting);
        if (objection != null) {
            refuse(context, objection);
            return;
        }
        finish();
        outcome.agreed(context.channel(), hello);
        context.pipeline().remove(this);
    }

    private @Nullable String objectionTo(Greeting greeting) {
        Hello hello = greeting.hello();
        if (greeting.purpose() != purpose) {
            return "It wants " + greeting.purpose() + " where there are " + purpose;
        }
        if (hello.serverId() == own.serverId()) {
            return "It has this server's own id " + own.serverId();
        }
        if (dialed != ANYBODY && hello.serverId() != dialed) {
            return "Server " + hello.serverId() + " answers where server " + dialed + " should be";
        }
        if (greeting.to() != own.serverId()) {
            return "Server " + hello.serverId() + " looks for server " + greeting.to() + ", this is " + own.serverId();
        }
        if (!hello.clusterId().equals(own.clusterId())
                && !hello.clusterId().equals(Hello.NO_CLUSTER)
                && !own.clusterId().equals(Hello.NO_CLUSTER)) {
            return "Server " + hello.serverId() + " belongs to ensemble " + hello.clusterId() + ", this one to "
                    + own.clusterId();
        }
        if (hello.recordBytes() != own.recordBytes()) {
            return "Server " + hello.serverId() + " takes requests of up to " + hello.recordBytes()
                    + " bytes from other servers, this one of up to " + own.recordBytes() + ": above "
                    + Math.min(hello.recordBytes(), own.recordBytes())
                    + " bytes, jute.maxbuffer must be the same on all servers";
        }
        String difference = own.listed().differenceTo(hello.listed());
        if (difference != null) {
            return "Server " + hello.serverId() + " lists other members than this one, and all must list the same: "
                    + difference;
        }
        return null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        refuse(context, "It closed the connection during the handshake");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse(context, "The connection broke during the handshake: " + cause.getMessage());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        outcome.left();
    }

    private void refuse(ChannelHandlerContext context, String why) {
        if (!over) {
            finish();
            outcome.refused(context.channel(), why);
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void finish() {
        over = true;
        if (expiry != null) {
            expiry.cancel(false);
        }
    }
}
