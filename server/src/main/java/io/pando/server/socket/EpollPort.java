package io.pando.server.socket;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket of Linux, whose clients have an {@link EpollSocket} each. Confined to one of the event loops, once it is open. */
final class EpollPort implements ListeningSocket, EpollIoHandle {
    private static final Logger log = LoggerFactory.getLogger(EpollPort.class);
    private static final EpollIoOps NEWCOMERS = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLET);
    private static final int MOST_AT_ONCE = 16;
    private static final int PAUSE_SECONDS = 1;
    private static final int STOP_SECONDS = 5;

    /** The longest that the system writes: its own length, an address of IPv6 with its scope, and a port. */
    private static final int ADDRESS_BYTES = 1 + 16 + 4 + 4;

    private final Socket socket;
    private final InetSocketAddress address;
    private final IoEventLoop loop;
    private final ClientLoops loops;
    private final Newcomers newcomers;
    private final Map<IoEventLoop, EpollLoop> shared = new HashMap<>();
    private final byte[] remote = new byte[ADDRESS_BYTES];
    private final int firstReserved = OpenFiles.firstReserved();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable IoRegistration registration; // once it is open
    private boolean pausing; // since a client could not be accepted

    private EpollPort(Socket socket, InetSocketAddress address, ClientLoops loops, Newcomers newcomers) {
        this.socket = socket;
        this.address = address;
        this.loop = loops.next();
        this.loops = loops;
        this.newcomers = newcomers;
    }

    static EpollPort open(
            ClientLoops loops, InetSocketAddress address, int backlog, boolean tcpKeepAlive, Newcomers newcomers)
            throws PortUnavailableException {
        Socket socket = Socket.newSocketStream();
        try {
            listen(socket, address, backlog > 0 ? backlog : NetUtil.SOMAXCONN, tcpKeepAlive);
            EpollPort port = new EpollPort(socket, socket.localAddress(), loops, newcomers);
            port.begin();
            return port;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new PortUnavailableException(address, e);
        } catch (RuntimeException | Error e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private void begin() {
        registration = loop.register(this).syncUninterruptibly().getNow();
        registration.submit(NEWCOMERS);
    }

    /** Those who connect inherit on Linux what is set here, which saves them the calls. */
    private static void listen(Socket socket, InetSocketAddress address, int backlog, boolean tcpKeepAlive)
            throws IOException {
        socket.setReuseAddress(true);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(tcpKeepAlive);
        socket.setSendBufferSize(SEND_BUFFER_BYTES);
        socket.bind(address);
        socket.listen(backlog);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        if (!pausing) {
            accept();
        }
    }

    /** Whoever is left behind is not told of again: that has to be seen to here, whatever happens. */
    private void accept() {
        if (!socket.isOpen()) {
            return;
        }
        try {
            if (!acceptSome()) {
                loop.schedule(this::accept, 1, TimeUnit.NANOSECONDS); // behind the sockets that are ready now
            }
        } catch (IOException e) {
            log.warn("Can't accept clients: {}; trying again in {} s", e.getMessage(), PAUSE_SECONDS);
            pause();
        } catch (RuntimeException | Error e) {
            log.error("This server made a mistake when it accepted a client; going on in {} s", PAUSE_SECONDS, e);
            pause();
        }
    }

    private void pause() {
        pausing = true;
        loop.schedule(this::goOn, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void goOn() {
        pausing = false;
        accept();
    }

    /** Whether that were all. */
    private boolean acceptSome() throws IOException {
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            int client = socket.accept(remote);
            if (client < 0) {
                return true;
            }
            InetSocketAddress from = NativeInetAddress.address(remote, 1, remote[0]);
            if (client < firstReserved) {
                welcome(new TcpSocket(client), from);
            } else {
                closeQuietly(new TcpSocket(client));
                newcomers.turnedAway(from);
            }
        }
        return false;
    }

    private void welcome(TcpSocket client, InetSocketAddress from) {
        ClientLoops.Seat seat = loops.seat();
        EpollSocket newcomer =
                new EpollSocket(client, shared.computeIfAbsent(seat.loop(), EpollLoop::new), seat.leave());
        try {
            seat.loop().execute(() -> newcomer.begin(newcomers, from));
        } catch (RejectedExecutionException e) { // this server stops
            newcomer.hangUp();
        }
    }

    @Override
    public void close() {
        if (loop.inEventLoop()) {
            end();
            return;
        }
        try {
            loop.execute(this::end);
            if (!closed.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The client port was not closed within {} s", STOP_SECONDS);
            }
        } catch (RejectedExecutionException e) {
            // The loop has ended, and closed it before.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        closeQuietly(socket);
        if (registration != null) {
            registration.cancel();
        }
        closed.countDown();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("Closing a socket failed: {}", e.toString());
        }
    }
}
