package io.pando.zab.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.pando.zab.message.Frame;
import io.pando.zab.message.Link;
import io.pando.zab.message.MalformedMessageException;
import io.pando.zab.message.Message;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One link while it lasts. Messages go out from the core thread through an {@link Outbox}, and come in on the event loop from the
 * {@link FrameReader} to the transport's listener.
 */
final class PeerLink extends ChannelInboundHandlerAdapter implements FrameReader.Receiver {
    private static final long LINGER_MS = 1000;

    private final Link link;
    private final Channel channel;
    private final LinkServices services;
    private final FrameReader reader = new FrameReader(this);

    // Core thread.
    private @Nullable Outbox outbox;
    private boolean overflowed;
    // The core thread adds what it sends, the event loop subtracts what has left.
    private final AtomicLong unsentBytes = new AtomicLong();

    // Event loop.
    private @Nullable Message refused;
    private boolean ended;

    PeerLink(Link link, Channel channel, LinkServices services) {
        this.link = link;
        this.channel = channel;
        this.services = services;
    }

    Link link() {
        return link;
    }

    /** Takes over the connection from the handshake. */
    void begin() {
        channel.pipeline().addLast(reader, this);
    }

    /** Takes a message along with the next flush; returns whether it is the first since the last. Core thread. */
    boolean send(Message message) {
        Frame frame = services.codec().encode(message);
        if (overflowed) {
            services.counters().messagesDropped.increment();
            return false;
        }
        int lengthBytes = frame.lengthBytes();
        if (unsentBytes.addAndGet(lengthBytes) > services.maxUnsentBytes()) {
            overflow();
            return false;
        }
        services.counters().messagesSent.increment();
        services.counters().bytesSent.add(lengthBytes);
        boolean first = outbox == null;
        if (outbox == null) {
            outbox = new Outbox(channel.alloc());
        }
        outbox.add(frame);
        return first;
    }

    private void overflow() {
        overflowed = true;
        services.counters().linksOverflowed.increment();
        services.run(
                () -> end("it takes too little: more than " + services.maxUnsentBytes() + " bytes wait to be sent"));
    }

    /** Writes what was sent, or has the event loop write it. Core thread. */
    void flush() {
        Outbox full = outbox;
        if (full == null) {
            return;
        }
        outbox = null;
        if (channel.eventLoop().inEventLoop()) {
            write(full);
        } else {
            writeLater(full);
        }
    }

    private void writeLater(Outbox full) {
        try {
            channel.eventLoop().execute(() -> write(full));
        } catch (RejectedExecutionException e) {
            full.buffers().forEach(ByteBuf::release);
        }
    }

    private void write(Outbox full) {
        Iterator<ByteBuf> buffers = full.buffers().iterator();
        while (buffers.hasNext()) {
            ByteBuf buffer = buffers.next();
            if (buffers.hasNext()) {
                channel.write(buffer, channel.voidPromise());
            } else {
                channel.writeAndFlush(buffer).addListener(done -> unsentBytes.addAndGet(-full.lengthBytes()));
            }
        }
    }

    @Override
    public void checkLength(int lengthBytes) throws MalformedMessageException {
        services.limits().check(lengthBytes);
    }

    @Override
    public boolean frame(ByteBuffer frame) throws MalformedMessageException {
        if (ended) {
            return true;
        }
        services.counters().bytesReceived.add(Integer.BYTES + frame.remaining());
        Message message = services.codec().decode(frame);
        services.counters().messagesReceived.increment();
        return offer(message);
    }

    private boolean offer(Message message) {
        if (services.listener().received(link, message)) {
            return true;
        }
        // Room may have been made before anybody could know that it is waited for: so say so, and ask again.
        services.paused().add(this);
        if (services.listener().received(link, message)) {
            services.paused().remove(this);
            return true;
        }
        refused = message;
        return false;
    }

    /** Offers again what was refused, and what came after it. Event loop. */
    void readOn() {
        Message again = refused;
        refused = null;
        if (ended || (again != null && !offer(again))) {
            return;
        }
        try {
            reader.readOn();
        } catch (Exception e) { // declared by Netty
            exceptionCaught(e);
        }
    }

    @Override
    public void malformed(MalformedMessageException what) {
        services.counters().framesMalformed.increment();
        end("it sent no message: " + what.getMessage());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("the other end closed it");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        exceptionCaught(cause);
    }

    private void exceptionCaught(Throwable cause) {
        end("it broke: " + cause.getMessage());
    }

    /** Ends it at once. Event loop. */
    void end(String why) {
        if (leave(why)) {
            channel.close();
        }
    }

    /** Ends it once what was written before is out, or after a moment. Event loop. */
    void finish(String why) {
        if (leave(why)) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean leave(String why) {
        if (ended) {
            return false;
        }
        ended = true;
        services.paused().remove(this);
        services.ended(this, why);
        return true;
    }
}
