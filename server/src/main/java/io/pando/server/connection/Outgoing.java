package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.pando.datatree.ErrorCode;
import io.pando.server.figures.Turn;
import io.pando.server.watch.Notification;
import io.pando.session.ConnectResponse;
import io.pando.session.Reply;
import io.pando.session.wire.WireWriter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one client: frames are gathered in one buffer and leave together, one write for a whole turn of the event
 * loop. Event loop of the connection.
 */
final class Outgoing {
    private static final int INITIAL_BYTES = 1024;
    private static final int FULL_BYTES = 64 * 1024;

    /** A client that is being said farewell to has so long to take it: it holds a place, and memory, for nothing. */
    private static final int PATIENCE_SECONDS = 10;

    private final Channel channel;
    private final Turn turn;
    private final Backlog backlog;
    private @Nullable Gathered gathered;

    /** Frames that leave together. */
    private record Gathered(ByteBuf bytes, WireWriter writer) {}

    /** @param backlog of all clients of the server */
    Outgoing(Channel channel, Turn turn, Backlog backlog) {
        this.channel = channel;
        this.turn = turn;
        this.backlog = backlog;
    }

    void reply(int xid, long zxid, Reply reply) {
        int start = begin();
        reply.writeFrame(xid, zxid, gathered().writer());
        end(start);
    }

    void failure(int xid, long zxid, ErrorCode code) {
        int start = begin();
        Reply.writeFailure(xid, zxid, code.code(), gathered().writer());
        end(start);
    }

    void event(Notification event) {
        int start = begin();
        event.writeFrame(gathered().bytes());
        end(start);
    }

    void handshake(ConnectResponse response) {
        response.writeFrame(gathered().writer());
    }

    /** The answer to a four-letter command: bare text, and the end. */
    void textAndClose(String text) {
        ByteBufUtil.writeUtf8(gathered().bytes(), text);
        flushAndClose();
    }

    private Gathered gathered() {
        if (gathered == null) {
            ByteBuf bytes = channel.alloc().ioBuffer(INITIAL_BYTES);
            gathered = new Gathered(bytes, new WireWriter(bytes));
        }
        return gathered;
    }

    private int begin() {
        return gathered().bytes().writerIndex();
    }

    private void end(int start) {
        ByteBuf bytes = gathered().bytes();
        turn.sent(bytes.writerIndex() - start);
        if (bytes.readableBytes() >= FULL_BYTES) {
            flush();
        }
    }

    /** Sends everything gathered. */
    void flush() {
        Gathered full = gathered;
        if (full != null) {
            gathered = null; // what is said from here on goes into the next buffer: this one is Netty's
            int length = full.bytes().readableBytes();
            channel.writeAndFlush(full.bytes(), channel.voidPromise());
            backlog.grewBy(Math.min(length, unsentBytes()));
        }
    }

    /** Sends everything gathered, then closes the connection; at once if the client doesn't take it for too long. */
    void flushAndClose() {
        ByteBuf last = gathered().bytes();
        gathered = null;
        ChannelFuture written = channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!written.isDone()) {
            Future<?> limit =
                    channel.eventLoop().schedule((Runnable) channel::close, PATIENCE_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(closed -> limit.cancel(false));
        }
    }

    /** Gives back what was gathered for a client that is gone. */
    void discard() {
        if (gathered != null) {
            gathered.bytes().release();
            gathered = null;
        }
    }

    /** Whether the client takes what it is sent; if not, {@code channelWritabilityChanged} says when it does again. */
    boolean takesMore() {
        return channel.isWritable();
    }

    /** Bytes that the client has not taken yet. Any thread. */
    long unsentBytes() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent == null ? 0 : unsent.totalPendingWriteBytes();
    }
}
