package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.pando.session.Reply;
import io.pando.session.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A long reply on its way out, piece by piece. The data of znodes is copied when its turn comes and not before: until then it stays where it is, in a tree,
 * which never changes. So a client that asks for much and reads nothing costs a piece rather than the whole. Event loop of the connection.
 */
final class LongFrame {
    private static final int INITIAL_BYTES = 1024;
    private static final int MOST_INITIAL_BYTES = 1 << 20;

    private final ByteBuf copied; // all but the long data
    private final Deque<Data> data = new ArrayDeque<>();
    private final List<byte[]> borrowed;
    private int sentOfData; // bytes of the first that is left
    private int bytesLeft;

    /** Data that belongs behind the first {@code at} bytes of what is copied. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Data(int at, byte[] bytes) {}

    LongFrame(ByteBufAllocator allocator, int xid, long zxid, Reply reply) {
        copied = allocator.ioBuffer(initialBytes(reply));
        List<byte[]> left = new ArrayList<>();
        int start = copied.writerIndex();
        reply.writeFrame(xid, zxid, new WireWriter(copied, (at, bytes) -> {
            data.add(new Data(at, bytes));
            left.add(bytes);
        }));
        borrowed = List.copyOf(left);
        int leftAside = left.stream().mapToInt(bytes -> bytes.length).sum();
        copied.setInt(start, copied.getInt(start) + leftAside); // the length, in which that is missing
        bytesLeft = copied.readableBytes() + leftAside;
    }

    /** A buffer that grows copies what is in it, over and over. */
    private static int initialBytes(Reply reply) {
        return reply instanceof Reply.DataAndStat
                ? INITIAL_BYTES
                : (int) Math.min(MOST_INITIAL_BYTES, INITIAL_BYTES + reply.bytesExpected());
    }

    boolean isOver() {
        return bytesLeft == 0;
    }

    int bytesLeft() {
        return bytesLeft;
    }

    /** Bytes that it keeps in memory by itself. */
    int copiedBytes() {
        return copied.readableBytes();
    }

    /** The data that it keeps in memory together with others: trees, and frames to other clients. */
    List<byte[]> borrowed() {
        return borrowed;
    }

    /** Takes the next so many bytes out, or all that are left. The caller releases them. */
    ByteBuf next(ByteBufAllocator allocator, int mostBytes) {
        int bytes = Math.min(mostBytes, bytesLeft);
        ByteBuf piece = allocator.ioBuffer(bytes);
        while (piece.readableBytes() < bytes) {
            fill(piece, bytes - piece.readableBytes());
        }
        bytesLeft -= bytes;
        return piece;
    }

    private void fill(ByteBuf piece, int mostBytes) {
        Data next = data.peek();
        if (next == null || next.at() > copied.readerIndex()) {
            int until = next == null ? copied.writerIndex() : next.at();
            piece.writeBytes(copied, Math.min(mostBytes, until - copied.readerIndex()));
            return;
        }
        int bytes = Math.min(mostBytes, next.bytes().length - sentOfData);
        piece.writeBytes(next.bytes(), sentOfData, bytes);
        sentOfData += bytes;
        if (sentOfData == next.bytes().length) {
            data.remove();
            sentOfData = 0;
        }
    }

    void release() {
        copied.release();
    }
}
