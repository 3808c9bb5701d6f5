package io.pando.test.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One socket to a server: cuts what arrives into frames for its {@link Conversation} and sends batches.
 *
 * <p>Between two reads it keeps no more than the head of a frame, so thousands of idle ones cost little. Lives on the load
 * thread.
 */
final class Connection implements AutoCloseable {
    private final InetSocketAddress server;
    private final int number;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer splitHead = ByteBuffer.allocate(Reply.HEAD_BYTES);
    private long toSkip;
    private @Nullable ByteBuffer unsent;
    private Conversation conversation;

    /** Connects; on the loopback that takes the time of the system call. */
    Connection(InetSocketAddress server, int number, Selector selector, Conversation conversation) throws IOException {
        this.server = server;
        this.number = number;
        this.conversation = conversation;
        channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** From now on {@code next} is told what arrives. */
    void converse(Conversation next) {
        conversation = next;
    }

    /** Lets the conversation speak first. */
    void begin() {
        conversation.onBatch(this, System.nanoTime());
    }

    void onReady(ByteBuffer in) throws IOException {
        if (key.isWritable()) {
            sendRest();
        }
        if (key.isReadable()) {
            read(in);
        }
    }

    private void read(ByteBuffer in) throws IOException {
        in.clear().put(splitHead.flip());
        splitHead.clear();
        int count = readFromChannel(in);
        if (count < 0) {
            close();
            conversation.onClosed(this);
            return;
        }
        long now = System.nanoTime();
        cutIntoFrames(in.flip(), now);
        splitHead.put(in);
        conversation.onBatch(this, now);
    }

    private int readFromChannel(ByteBuffer in) {
        try {
            return channel.read(in);
        } catch (IOException reset) {
            return -1;
        }
    }

    /** Leaves in {@code in} what is too short to be a head. */
    private void cutIntoFrames(ByteBuffer in, long now) {
        while (true) {
            int skipped = (int) Math.min(toSkip, in.remaining());
            in.position(in.position() + skipped);
            toSkip -= skipped;
            if (toSkip > 0 || in.remaining() < Integer.BYTES) {
                return;
            }
            int at = in.position();
            long frameBytes = Integer.BYTES + (long) Reply.lengthBytes(in, at);
            if (frameBytes < Integer.BYTES) {
                throw new LoadException(this + " got a frame of negative length.");
            }
            if (in.remaining() < Math.min(frameBytes, Reply.HEAD_BYTES)) {
                return;
            }
            conversation.onFrame(in, at, now);
            toSkip = frameBytes;
        }
    }

    /** Sends all of {@code batch}, what the socket doesn't take now as soon as it does. */
    void send(ByteBuffer batch) {
        try {
            if (unsent == null) {
                channel.write(batch);
            }
            if (batch.hasRemaining()) {
                keep(batch);
            }
        } catch (IOException e) {
            throw new LoadException(this + " broke: " + e.getMessage(), e);
        }
    }

    private void keep(ByteBuffer batch) {
        int before = unsent == null ? 0 : unsent.remaining();
        var all = ByteBuffer.allocateDirect(before + batch.remaining());
        if (unsent != null) {
            all.put(unsent);
        }
        unsent = all.put(batch).flip();
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private void sendRest() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
            if (unsent.hasRemaining()) {
                return;
            }
            unsent = null;
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return "Connection " + number + " to " + server.getHostString() + ":" + server.getPort();
    }
}
