package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
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
 * loop. A long reply waits for a turn of its own, which the loop gives to one connection at a time, and what comes behind it waits as well: so those who ask
 * for much, however many they are, hold up nobody else for longer than one of them takes. Event loop of the connection.
 */
final class Outgoing {
    private static final int INITIAL_BYTES = 1024;
    private static final int FULL_BYTES = 64 * 1024;

    /** A client that is being said farewell to has so long to take it: it holds a place, and memory, for nothing. */
    private static final int PATIENCE_SECONDS = 10;

    private final Channel channel;
    private final Turn turn;
    private final Backlog backlog;
    private final Runnable awaitTurn;
    private @Nullable Gathered gathered; // behind the long reply, if there is one
    private @Nullable LongReply longReply;

    /** A reply that waits for its turn. */
    private record LongReply(int xid, long zxid, Reply reply) {}

    /** Frames that leave together. */
    private record Gathered(ByteBuf bytes, WireWriter writer) {}

    /**
     * Nothing yet.
     *
     * @param backlog of all clients of the server
     * @param awaitTurn has {@link #sendLongReply} called soon, when others have had their turn
     */
    Outgoing(Channel channel, Turn turn, Backlog backlog, Runnable awaitTurn) {
        this.channel = channel;
        this.turn = turn;
        this.backlog = backlog;
        this.awaitTurn = awaitTurn;
    }

    void reply(int xid, long zxid, Reply reply) {
        if (longReply == null && reply.bytesExpected() >= FULL_BYTES) {
            flush();
            longReply = new LongReply(xid, zxid, reply);
            awaitTurn.run();
        } else {
            write(xid, zxid, reply);
        }
    }

    private void write(int xid, long zxid, Reply reply) {
        int start = begin();
        reply.writeFrame(xid, zxid, gathered().writer());
        end(start);
    }

    /** Sends the reply that has waited for its turn, if there is one, and what has come behind it. */
    void sendLongReply() {
        LongReply due = longReply;
        if (due == null) {
            return;
        }
        longReply = null;
        Gathered behind = gathered;
        gathered = gathering(due.reply().bytesExpected());
        write(due.xid(), due.zxid(), due.reply());
        flush();
        gathered = behind;
        flush();
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
    void textAndClose(byte[] text) {
        gathered = gathering(text.length); // nothing was said before
        gathered.bytes().writeBytes(text);
        flushAndClose();
    }

    private Gathered gathered() {
        if (gathered == null) {
            gathered = gathering(0);
        }
        return gathered;
    }

    /** A buffer that grows copies what is in it, over and over: what is known to be long gets one of the right size. */
    private Gathered gathering(long bytesExpected) {
        ByteBuf bytes = channel.alloc().ioBuffer((int) Math.min(Integer.MAX_VALUE, INITIAL_BYTES + bytesExpected));
        return new Gathered(bytes, new WireWriter(bytes));
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

    /** Sends everything gathered, unless a long reply has to come first. */
    void flush() {
        Gathered full = gathered;
        if (full != null && longReply == null) {
            gathered = null; // what is said from here on goes into the next buffer: this one is Netty's
            int length = full.bytes().readableBytes();
            channel.writeAndFlush(full.bytes(), channel.voidPromise());
            backlog.grewBy(Math.min(length, unsentBytes()));
        }
    }

    /** Sends everything gathered, then closes the connection; at once if the client doesn't take it for too long. */
    void flushAndClose() {
        sendLongReply();
        ByteBuf last = gathered().bytes();
        gathered = null;
        int length = last.readableBytes();
        ChannelFuture written = channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        backlog.grewBy(Math.min(length, unsentBytes()));
        if (!written.isDone()) {
            Future<?> limit =
                    channel.eventLoop().schedule((Runnable) channel::close, PATIENCE_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(closed -> limit.cancel(false));
        }
    }

    /** Gives back what was gathered for a client that is gone. */
    void discard() {
        longReply = null;
        if (gathered != null) {
            gathered.bytes().release();
            gathered = null;
        }
    }

    /**
     * Whether the client takes what it is sent, and nothing waits for its turn; if not, {@code channelWritabilityChanged} says when it does again, or the turn
     * comes.
     */
    boolean takesMore() {
        return longReply == null && channel.isWritable();
    }

    /** Bytes that the client has not taken yet. Any thread. */
    long unsentBytes() {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return unsent == null ? 0 : unsent.totalPendingWriteBytes();
    }
}
