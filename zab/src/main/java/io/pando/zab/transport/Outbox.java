package io.pando.zab.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.pando.zab.message.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent on one link in one turn of the core: small frames are gathered in common buffers, long tails go out as they are.
 * Filled by the core thread, then handed to the event loop for good.
 */
final class Outbox {
    private static final int GATHERED_BYTES = 16 * 1024;

    private final ByteBufAllocator allocator;
    private final List<ByteBuf> buffers = new ArrayList<>(2);
    private long lengthBytes;
    private boolean lastIsOpen;

    Outbox(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    void add(Frame frame) {
        lengthBytes += frame.lengthBytes();
        if (frame.tail().remaining() >= GATHERED_BYTES) {
            gather(frame.head().remaining()).writeBytes(frame.head());
            buffers.add(Unpooled.wrappedBuffer(frame.tail()));
            lastIsOpen = false;
        } else {
            gather(frame.lengthBytes()).writeBytes(frame.head()).writeBytes(frame.tail());
        }
    }

    /** A buffer with room for so many bytes. */
    private ByteBuf gather(int bytes) {
        if (lastIsOpen && buffers.getLast().writableBytes() >= bytes) {
            return buffers.getLast();
        }
        ByteBuf buffer = allocator.directBuffer(Math.max(bytes, GATHERED_BYTES));
        buffers.add(buffer);
        lastIsOpen = true;
        return buffer;
    }

    long lengthBytes() {
        return lengthBytes;
    }

    /** In the order in which they are to be written; whoever asks owns them. */
    List<ByteBuf> buffers() {
        return buffers;
    }
}
