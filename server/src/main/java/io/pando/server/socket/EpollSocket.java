package io.pando.server.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A socket of Linux on an event loop of Netty's, with nothing in between: a tenth of the memory of a channel with its pipeline, and less to pass through.
 *
 * <p>Edge-triggered: the loop says once that something has arrived, and it is remembered here until it is read; so to pause costs nothing. One read at a time: who
 * has sent more is told of again by the loop, behind others.
 */
final class EpollSocket implements ClientSocket, EpollIoHandle {
    private static final EpollIoOps ARRIVALS =
            EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);
    private static final EpollIoOps ARRIVALS_AND_ROOM = ARRIVALS.with(EpollIoOps.EPOLLOUT);
    private static final int ROOM = EpollIoOps.EPOLLOUT.value();
    private static final int BYTES = EpollIoOps.EPOLLIN.value();

    private final TcpSocket socket;
    private final EpollLoop loop;
    private final Runnable leave;
    private @Nullable Listener listener; // from beginning to end
    private @Nullable IoRegistration registration;

    private @Nullable ByteBuf left; // has arrived, and was not taken
    private boolean mayRead;
    private boolean ends; // the client has hung up: all that it has sent is there to be read, and then the end
    private boolean paused;

    // Written by the event loop, read by any thread.
    private volatile @Nullable Unsent unsent; // from the first time that the client does not take all
    private volatile boolean open = true;

    private boolean closesWhenSent;

    /**
     * A socket that is not listened to yet.
     *
     * @param leave is run when it is closed
     */
    EpollSocket(TcpSocket socket, EpollLoop loop, Runnable leave) {
        this.socket = socket;
        this.loop = loop;
        this.leave = leave;
    }

    /** Begins to serve who is at {@code remote}, or hangs up if {@code newcomers} will not have it. Event loop. */
    void begin(Newcomers newcomers, InetSocketAddress remote) {
        try {
            listener = newcomers.admit(this, remote);
            if (listener == null) {
                hangUp();
            } else {
                registration = loop.register(this);
                listener.opened();
                registration.submit(ARRIVALS);
            }
        } catch (Throwable e) {
            if (listener == null) {
                hangUp();
                throw e;
            }
            listener.failed(e);
        }
    }

    // What arrives.

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        int ready = ((EpollIoEvent) event).ops().value();
        try {
            if ((ready & ROOM) != 0) {
                sendRest();
            }
            if ((ready & ~ROOM) != 0) {
                mayRead = true;
                ends |= (ready & ~(ROOM | BYTES)) != 0;
                read();
            }
        } catch (Throwable e) { // the loop would forget what it was about to tell others, and it tells once
            tell().failed(e);
        }
    }

    private void read() throws IOException {
        if (!wantsToRead()) {
            return;
        }
        ByteBuf fresh = loop.emptyBuffer();
        if (!socket.receive(fresh)) {
            close();
            return;
        }
        mayRead = fresh.isReadable() && (ends || !fresh.isWritable());
        pass(fresh);
        askAgain();
    }

    /** Who has hung up is read to the end even when nothing more is wanted, since that is how the end is learned of. */
    private boolean wantsToRead() {
        return open && mayRead && (!paused || ends);
    }

    /** Tells of what was left the last time and what is fresh. */
    private void pass(ByteBuf fresh) {
        ByteBuf before = left;
        ByteBuf all = before == null ? fresh : before.writeBytes(fresh);
        tell().received(all);
        if (!all.isReadable()) {
            forget();
        } else if (before == null) {
            left = allocator().buffer(all.readableBytes()).writeBytes(all);
        } else {
            all.discardSomeReadBytes();
        }
        tell().readEnded();
    }

    private void forget() {
        if (left != null) {
            left.release();
            left = null;
        }
    }

    /** Has the loop tell again what it has told before, when others have had their turn. */
    private void askAgain() {
        if (wantsToRead()) {
            registration().submit(ARRIVALS_AND_ROOM);
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public void resume() {
        paused = false;
        if (open) {
            pass(Unpooled.EMPTY_BUFFER);
            askAgain();
        }
    }

    // What is sent.

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public void send(ByteBuf anyBytes) {
        ByteBuf bytes = direct(anyBytes);
        if (!open) {
            bytes.release();
            return;
        }
        try {
            if (isAllSent()) {
                socket.send(bytes);
            }
            if (bytes.isReadable()) {
                keep(bytes);
            } else {
                bytes.release();
            }
        } catch (IOException e) {
            bytes.release();
            tell().failed(e);
        }
    }

    @Override
    public void sendLast(ByteBuf bytes) {
        closesWhenSent = true;
        send(bytes);
        if (isAllSent()) {
            close();
        }
    }

    private boolean isAllSent() {
        Unsent rest = unsent;
        return rest == null || rest.isEmpty();
    }

    /** The system takes nothing that a collection of garbage might move. */
    private ByteBuf direct(ByteBuf bytes) {
        if (bytes.isDirect()) {
            return bytes;
        }
        ByteBuf copy = allocator().directBuffer(bytes.readableBytes()).writeBytes(bytes);
        bytes.release();
        return copy;
    }

    private void keep(ByteBuf bytes) {
        Unsent rest = unsent;
        if (rest == null) {
            rest = new Unsent();
            unsent = rest;
        }
        boolean first = rest.isEmpty();
        rest.add(bytes);
        if (first) {
            registration().submit(ARRIVALS_AND_ROOM);
        }
    }

    private void sendRest() throws IOException {
        Unsent rest = unsent;
        if (!open || rest == null) {
            return;
        }
        boolean wasFull = rest.isFull();
        rest.send(socket);
        if (closesWhenSent && rest.isEmpty()) {
            close();
        } else if (wasFull && !rest.isFull()) {
            tell().takesMore();
        }
    }

    @Override
    public boolean isTaking() {
        Unsent rest = unsent;
        return open && (rest == null || !rest.isFull());
    }

    @Override
    public long unsentBytes() {
        Unsent rest = unsent;
        return rest == null ? 0 : rest.bytes();
    }

    // The end.

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (loop.executor().inEventLoop()) {
            end();
        } else if (open) {
            try {
                loop.executor().execute(this::end);
            } catch (RejectedExecutionException e) {
                // The loop has ended, and has closed all that belong to it.
            }
        }
    }

    private void end() {
        if (open) {
            hangUp();
            // Later: this may be in the middle of taking in or answering something.
            loop.executor().execute(this::sayFarewell);
        }
    }

    /** Closes it without a word to anybody. Event loop, or any thread when that has ended. */
    void hangUp() {
        open = false;
        try {
            socket.close(); // before the loop is told: who is closed is off its list already
        } catch (IOException e) {
            // Nothing of it is of use any more.
        }
        if (registration != null) {
            registration.cancel();
        }
        leave.run();
    }

    private void sayFarewell() {
        forget();
        Unsent rest = unsent;
        if (rest != null) {
            rest.release();
        }
        tell().closed();
    }

    // What it belongs to.

    @Override
    public EventLoop loop() {
        return loop.executor();
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    private Listener tell() {
        if (listener == null) {
            throw new IllegalStateException("Nobody listens");
        }
        return listener;
    }

    private IoRegistration registration() {
        if (registration == null) {
            throw new IllegalStateException("Not registered with the event loop");
        }
        return registration;
    }
}
