package io.pando.zab.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.pando.zab.message.MalformedMessageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives one snapshot to one server: a chunk is read on the reading thread while at most a few others wait to be sent. Event loop,
 * but for what is said to run elsewhere.
 */
final class SnapshotServing extends ChannelInboundHandlerAdapter implements FrameReader.Receiver {
    private static final Logger log = LoggerFactory.getLogger(SnapshotServing.class);

    private final Network network;
    private final Channel channel;
    private final SnapshotShelf shelf;
    private final Executor reading;
    private final Pace pace;
    private final Duration progressTimeout;

    private BulkFrame.@Nullable Ask asked;
    private @Nullable SnapshotSource source;
    private @Nullable Future<?> watchdog;
    private long offset;
    private long progressAtNanos = System.nanoTime();
    // Whether the reading thread has the source, or a chunk waits for its time.
    private boolean busy;
    private boolean ended;

    SnapshotServing(
            Network network,
            Channel channel,
            SnapshotShelf shelf,
            Executor reading,
            Pace pace,
            Duration progressTimeout) {
        this.network = network;
        this.channel = channel;
        this.shelf = shelf;
        this.reading = reading;
        this.pace = pace;
        this.progressTimeout = progressTimeout;
    }

    void begin() {
        channel.pipeline().addLast(new FrameReader(this), this);
        long everyMs = Math.max(1, progressTimeout.toMillis() / 4);
        watchdog = channel.eventLoop().scheduleAtFixedRate(this::watch, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    private void watch() {
        if (System.nanoTime() - progressAtNanos > progressTimeout.toNanos() && !busy) {
            end("it takes nothing");
        }
    }

    @Override
    public void checkLength(int lengthBytes) throws MalformedMessageException {
        BulkFrame.checkLength(lengthBytes);
    }

    @Override
    public boolean frame(ByteBuffer frame) throws MalformedMessageException {
        if (asked != null || !(BulkFrame.decode(frame) instanceof BulkFrame.Ask ask)) {
            throw new MalformedMessageException("It asks for no snapshot, or for more than one");
        }
        asked = ask;
        busy = true;
        reading.execute(() -> open(ask));
        return true;
    }

    /** Reading thread. */
    private void open(BulkFrame.Ask ask) {
        try {
            SnapshotSource found = shelf.open(ask.atLeastZxid(), ask.begunZxid());
            network.run(() -> offer(ask, found));
        } catch (IOException | RuntimeException e) {
            network.run(() -> failed(e));
        }
    }

    private void offer(BulkFrame.Ask ask, @Nullable SnapshotSource found) {
        busy = false;
        source = found;
        if (found == null) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(BulkFrame.encodeNone()))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        boolean goesOn =
                found.zxid() == ask.begunZxid() && ask.begunBytes() >= 0 && ask.begunBytes() <= found.lengthBytes();
        offset = goesOn ? ask.begunBytes() : 0;
        if (ended) {
            release();
            return;
        }
        channel.writeAndFlush(Unpooled.wrappedBuffer(
                BulkFrame.encode(new BulkFrame.Offer(found.zxid(), found.lengthBytes(), offset))));
        next();
    }

    /** Has the next chunk read, unless enough is on its way. */
    private void next() {
        SnapshotSource from = source;
        if (from == null || busy || ended || !channel.isWritable() || offset == from.lengthBytes()) {
            return;
        }
        busy = true;
        int bytes = (int) Math.min(BulkFrame.CHUNK_BYTES, from.lengthBytes() - offset);
        long at = offset;
        long waitNanos = pace.reserveNanos(bytes);
        if (waitNanos == 0) {
            reading.execute(() -> read(from, at, bytes));
        } else {
            channel.eventLoop()
                    .schedule(() -> reading.execute(() -> read(from, at, bytes)), waitNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Reading thread. */
    private void read(SnapshotSource from, long at, int bytes) {
        ByteBuf chunk = channel.alloc().directBuffer(BulkFrame.CHUNK_HEAD_BYTES + bytes);
        try {
            chunk.writerIndex(BulkFrame.CHUNK_HEAD_BYTES + bytes);
            ByteBuffer content = chunk.nioBuffer(BulkFrame.CHUNK_HEAD_BYTES, bytes);
            while (content.hasRemaining()) {
                if (from.read(content, at + content.position()) < 0) {
                    throw new IOException("The snapshot is shorter than it was");
                }
            }
            BulkFrame.frameChunk(chunk.nioBuffer(), at);
            network.run(() -> send(chunk, bytes));
        } catch (IOException | RuntimeException e) {
            chunk.release();
            network.run(() -> failed(e));
        }
    }

    private void send(ByteBuf chunk, int bytes) {
        busy = false;
        if (ended) {
            chunk.release();
            release();
            return;
        }
        offset += bytes;
        channel.writeAndFlush(chunk).addListener(done -> progressAtNanos = System.nanoTime());
        next();
    }

    private void failed(Exception e) {
        busy = false;
        log.warn("A snapshot can't be read for {}: {}", channel.remoteAddress(), e.toString());
        end("it can't be read");
        release();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        next();
    }

    @Override
    public void malformed(MalformedMessageException what) {
        end("malformed: " + what.getMessage());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("closed by the other end");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end("broken: " + cause.getMessage());
    }

    private void end(String why) {
        if (ended) {
            return;
        }
        ended = true;
        log.debug("No more of a snapshot for {}, {}", channel.remoteAddress(), why);
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        channel.close();
        release();
    }

    /** Closes the source, once the reading thread has done with it. */
    private void release() {
        SnapshotSource open = source;
        if (ended && !busy && open != null) {
            source = null;
            reading.execute(() -> {
                try {
                    open.close();
                } catch (IOException e) {
                    log.warn("A snapshot that was read can't be closed: {}", e.toString());
                }
            });
        }
    }
}
