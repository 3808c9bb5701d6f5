package io.pando.session.wire;

import io.netty.buffer.ByteBuf;

/**
 * The length in front of every message, in both directions: four bytes, big-endian, not counting themselves. A writer
 * reserves them with {@link #begin} and fills them with {@link #end}, so that a message is encoded in place and copied
 * nowhere; a reader asks {@link #completeAt} whether a whole frame has arrived.
 */
public final class Frames {
    public static final int LENGTH_BYTES = 4;

    /** ZooKeeper's {@code jute.maxbuffer} when it is not configured: the longest frame that either end accepts. */
    public static final int DEFAULT_MAX_BYTES = 0xfffff;

    /** What {@link #completeAt} answers while bytes of the frame are still on their way. */
    public static final int INCOMPLETE = -1;

    private Frames() {}

    /** Starts a frame at the writer's position; what it returns is for {@link #end}. */
    public static int begin(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    /** Ends the frame that began at {@code start} where the writer stands now. */
    public static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start - LENGTH_BYTES);
    }

    /**
     * The index behind the frame whose length field is at the reader's position, or {@link #INCOMPLETE}. The reader is
     * not moved: the message is between four bytes further on and the returned index.
     *
     * @throws MarshallingException when the length is negative or above {@code maxBytes}: nothing that follows can be
     *     understood, so the connection has to be closed
     */
    public static int completeAt(ByteBuf in, int maxBytes) throws MarshallingException {
        if (in.readableBytes() < LENGTH_BYTES) {
            return INCOMPLETE;
        }
        int length = in.getInt(in.readerIndex());
        if (length < 0 || length > maxBytes) {
            throw new MarshallingException("A frame of " + length + " bytes; allowed are 0 to " + maxBytes);
        }
        return in.readableBytes() - LENGTH_BYTES < length ? INCOMPLETE : in.readerIndex() + LENGTH_BYTES + length;
    }
}
