package io.pando.server.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;

/**
 * One client's socket. Whatever happens to it, its {@link Listener} is told on its event loop, where it has to be used as well, but for what says that any thread
 * may.
 */
public interface ClientSocket {
    /** The one thread that it belongs to. Any thread. */
    EventLoop loop();

    /** Of buffers that are fit to be sent. Any thread. */
    ByteBufAllocator allocator();

    /** Whether it is not closed yet. Any thread. */
    boolean isOpen();

    /** Closes it; {@link Listener#closed} follows, later. Of no effect the second time. Any thread. */
    void close();

    /** Sends {@code bytes}, which are the socket's from here on. What the client doesn't take at once is kept, and sent when it does. */
    void send(ByteBuf bytes);

    /** The same, and closes the socket when they are sent. Nothing may follow. */
    void sendLast(ByteBuf bytes);

    /** Whether the client takes what it is sent; if not, {@link Listener#takesMore} says when it does again. */
    boolean isTaking();

    /** Bytes that were sent, and that the client has not taken yet. Any thread. */
    long unsentBytes();

    /** Reads no more for now. What arrives stays with the system, but for what came before that and was left. */
    void pause();

    boolean isPaused();

    /**
     * Reads on, beginning with what was left: the listener is told of that before this returns. Not to be called while it is told of
     * something that was {@link Listener#received}.
     */
    void resume();

    /** Who is told. All on the event loop, and nothing after {@link #closed}. */
    interface Listener {
        /** The client is there. The first call. */
        void opened();

        /** {@code bytes} have arrived, behind those that were left the last time. Those that are left now come again with the next. */
        void received(ByteBuf bytes);

        /** For now that is all that has arrived. */
        void readEnded();

        /** The client takes again what it is sent. */
        void takesMore();

        /** Something went wrong with the socket, or in a method of the listener, which has to decide whether to close it. */
        void failed(Throwable cause);

        /** It is closed, by whomever. The last call. */
        void closed();
    }
}
