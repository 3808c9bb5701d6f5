package io.pando.server.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A client's socket as the system knows it. It never waits. */
final class TcpSocket extends Socket {
    TcpSocket(int fd) {
        super(fd);
    }

    /** Fills an empty, direct buffer as far as possible. Returns whether that was anything but the end. */
    boolean receive(ByteBuf empty) throws IOException {
        int count;
        if (empty.hasMemoryAddress()) {
            count = recvAddress(empty.memoryAddress(), 0, empty.capacity());
        } else {
            ByteBuffer memory = empty.internalNioBuffer(0, empty.capacity());
            count = recv(memory, memory.position(), memory.limit());
        }
        empty.writerIndex(Math.max(count, 0));
        return count >= 0;
    }

    /** Sends as much of a direct buffer as the system takes, and returns how many bytes that were. */
    int send(ByteBuf direct) throws IOException {
        int count;
        if (direct.hasMemoryAddress()) {
            count = sendAddress(direct.memoryAddress(), direct.readerIndex(), direct.writerIndex());
        } else {
            ByteBuffer memory = direct.internalNioBuffer(direct.readerIndex(), direct.readableBytes());
            count = send(memory, memory.position(), memory.limit());
        }
        direct.skipBytes(count);
        return count;
    }
}
