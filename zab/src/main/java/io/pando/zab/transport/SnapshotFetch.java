package io.pando.zab.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.Hello;
import io.pando.zab.message.MalformedMessageException;
import io.pando.zab.model.Member;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one snapshot from one server, over as many connections as that takes: each goes on behind the last byte that was
 * written. Chunks are written on the writing thread; while a few wait for it, no more are read. Event loop, but for what is
 * said to run elsewhere.
 */
final class SnapshotFetch {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFetch.class);
    private static final int MAX_WAITING_CHUNKS = 4;

    private final Member from;
    private final long atLeastZxid;
    private final SnapshotSink sink;
    private final Network network;
    private final Supplier<Hello> hello;
    private final BulkConfig config;
    private final Executor writing;
    private final Backoff backoff;
    private final CompletableFuture<Long> result = new CompletableFuture<>();

    private @Nullable Connection connection;
    private @Nullable Future<?> watchdog;
    private String lastTrouble = "it was never reached";
    private long progressAtNanos = System.nanoTime();
    private int attempt;
    private boolean over;

    // Which snapshot the sink has begun, and how much of it is handed to the writing thread, and how much of that is
    // written.
    private long zxid = Zxid.NONE;
    private long lengthBytes;
    private long handedBytes;
    private long writtenBytes;
    private int waitingWrites;

    SnapshotFetch(
            Member from,
            long atLeastZxid,
            SnapshotSink sink,
            Network network,
            Supplier<Hello> hello,
            BulkConfig config,
            Executor writing,
            Backoff backoff) {
        this.from = from;
        this.atLeastZxid = atLeastZxid;
        this.sink = sink;
        this.network = network;
        this.hello = hello;
        this.config = config;
        this.writing = writing;
        this.backoff = backoff;
    }

    /** Completed with the zxid of the snapshot; cancelling it ends the transfer. */
    CompletableFuture<Long> result() {
        return result;
    }

    void begin() {
        result.whenComplete((done, failure) -> network.run(() -> stop(failure != null)));
        long everyMs = Math.max(1, config.progressTimeout().toMillis() / 8);
        watchdog = network.loop().scheduleAtFixedRate(this::watch, everyMs, everyMs, TimeUnit.MILLISECONDS);
        dial();
    }

    /** A connection without progress is tried anew before the whole transfer counts as failed. */
    private void watch() {
        Duration still = Duration.ofNanos(System.nanoTime() - progressAtNanos);
        Connection current = connection;
        if (waitingWrites > 0) {
            return; // slow is this server's own disk
        }
        if (still.compareTo(config.progressTimeout()) > 0) {
            fail("No byte of a snapshot from server " + from.id() + " in "
                    + config.progressTimeout().toMillis() + " ms: " + lastTrouble);
        } else if (current != null && current.isSilent()) {
            current.end("it fell silent");
        }
    }

    private void dial() {
        if (!over) {
            network.dial(
                    from.host(), from.bulkPort(), attempt++, this::handshake, cause -> dialLater(cause.toString()));
        }
    }

    private Handshake handshake() {
        return Handshake.dialing(
                Greeting.Purpose.SNAPSHOTS, hello.get(), from.id(), config.handshakeTimeout(), new Handshake.Outcome() {
                    @Override
                    public void agreed(Channel channel, Hello theirs) {
                        if (over) {
                            channel.close();
                            return;
                        }
                        Connection agreed = new Connection(channel);
                        connection = agreed;
                        agreed.begin();
                    }

                    @Override
                    public void refused(Channel channel, String why) {
                        dialLater(why);
                    }
                });
    }

    private void dialLater(String why) {
        lastTrouble = why;
        if (!over) {
            network.loop().schedule(this::dial, backoff.nextMs(), TimeUnit.MILLISECONDS);
        }
    }

    private void fail(String why) {
        result.completeExceptionally(new IOException(why));
    }

    private void stop(boolean abandoned) {
        over = true;
        if (watchdog != null) {
            watchdog.cancel(false);
        }
        if (connection != null) {
            connection.end("the transfer is over");
        }
        if (abandoned) {
            writing.execute(sink::abandon);
        }
    }

    /** Runs a task of the sink's on the writing thread, then another here; one that fails ends the transfer. */
    private void write(SinkTask task, Runnable then) {
        waitingWrites++;
        writing.execute(() -> {
            try {
                task.run();
                network.run(() -> {
                    waitingWrites--;
                    progressAtNanos = System.nanoTime();
                    then.run();
                });
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private void completeIfWritten() {
        if (writtenBytes == lengthBytes && !over) {
            write(sink::complete, () -> result.complete(zxid));
        }
    }

    /** What may fail on the writing thread. */
    private interface SinkTask {
        void run() throws IOException;
    }

    /** One of the connections that a transfer takes. */
    private final class Connection extends ChannelInboundHandlerAdapter implements FrameReader.Receiver {
        private final Channel channel;
        private final FrameReader reader = new FrameReader(this);
        private long heardAtNanos = System.nanoTime();
        private boolean offered;
        private boolean ended;

        Connection(Channel channel) {
            this.channel = channel;
        }

        void begin() {
            channel.pipeline().addLast(reader, this);
            // What the writing thread still has is as good as written: if it fails, so does everything.
            BulkFrame.Ask ask = new BulkFrame.Ask(atLeastZxid, zxid, handedBytes);
            channel.writeAndFlush(Unpooled.wrappedBuffer(BulkFrame.encode(ask)));
        }

        boolean isSilent() {
            return System.nanoTime() - heardAtNanos > config.progressTimeout().toNanos() / 4;
        }

        @Override
        public void checkLength(int frameBytes) throws MalformedMessageException {
            BulkFrame.checkLength(frameBytes);
        }

        @Override
        public boolean frame(ByteBuffer frame) throws MalformedMessageException {
            if (ended) {
                return false;
            }
            heardAtNanos = System.nanoTime();
            switch (BulkFrame.decode(frame)) {
                case BulkFrame.Offer offer -> accept(offer);
                case BulkFrame.Chunk chunk -> take(chunk);
                case BulkFrame.None none ->
                    fail("Server " + from.id() + " has no snapshot at " + Zxid.toString(atLeastZxid) + " or above");
                case BulkFrame.Ask ask -> throw new MalformedMessageException("It asks instead of answering");
            }
            return waitingWrites < MAX_WAITING_CHUNKS;
        }

        private void accept(BulkFrame.Offer offer) throws MalformedMessageException {
            boolean goesOn = zxid != Zxid.NONE
                    && offer.zxid() == zxid
                    && offer.lengthBytes() == lengthBytes
                    && offer.fromOffset() == handedBytes;
            boolean fresh = offer.fromOffset() == 0
                    && offer.lengthBytes() >= 0
                    && !Zxid.isAfter(atLeastZxid, offer.zxid())
                    && offer.zxid() != Zxid.NONE;
            if (offered || !(goesOn || fresh)) {
                throw new MalformedMessageException("It offers what was not asked for: " + offer);
            }
            offered = true;
            backoff.reset();
            if (goesOn) {
                log.info("Going on with the snapshot {} at byte {}", Zxid.toString(zxid), handedBytes);
            } else {
                beginAnew(offer);
            }
        }

        private void beginAnew(BulkFrame.Offer offer) {
            zxid = offer.zxid();
            lengthBytes = offer.lengthBytes();
            handedBytes = 0;
            writtenBytes = 0;
            log.info(
                    "Fetching the snapshot {} of {} bytes from server {}", Zxid.toString(zxid), lengthBytes, from.id());
            write(() -> sink.begin(offer.zxid(), offer.lengthBytes()), () -> {
                readOn();
                completeIfWritten(); // at once, if it has no bytes
            });
        }

        private void take(BulkFrame.Chunk chunk) throws MalformedMessageException {
            int bytes = chunk.bytes().remaining();
            if (!offered || chunk.offset() != handedBytes || bytes > lengthBytes - handedBytes) {
                throw new MalformedMessageException("A chunk of " + bytes + " bytes at " + chunk.offset()
                        + ", where byte " + handedBytes + " of " + lengthBytes + " was due");
            }
            ByteBuffer copy = ByteBuffer.allocate(bytes).put(chunk.bytes()).flip();
            handedBytes += bytes;
            long ofSnapshot = zxid;
            write(() -> sink.write(copy, chunk.offset()), () -> {
                if (ofSnapshot == zxid) {
                    writtenBytes += bytes;
                    completeIfWritten();
                }
                readOn();
            });
        }

        private void readOn() {
            if (!ended && waitingWrites < MAX_WAITING_CHUNKS) {
                try {
                    reader.readOn();
                } catch (Exception e) { // declared by Netty
                    end("it broke: " + e.getMessage());
                }
            }
        }

        @Override
        public void malformed(MalformedMessageException what) {
            end("it sent something else: " + what.getMessage());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end("the other end closed the connection");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end("the connection broke: " + cause.getMessage());
        }

        void end(String why) {
            if (!ended) {
                ended = true;
                connection = null;
                channel.close();
                dialLater(why);
            }
        }
    }
}
