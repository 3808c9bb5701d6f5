package io.pando.server.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pando.zab.transport.Sockets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The event loops that serve clients: that of the core for the first few, and others for the rest.
 *
 * <p>Where processors are few, to hand a request over to the core's thread, and its reply back, costs more than to serve it. But other servers must be heard
 * of in time, whatever clients are up to: hence only few clients share their thread, and the place of one that is gone is the next newcomer's.
 */
public final class ClientLoops extends MultiThreadIoEventLoopGroup {
    private final IoEventLoop core;
    private final Semaphore places;

    /**
     * Loops that begin with their first client.
     *
     * @param core goes on when these are shut down
     * @param onCore so many clients at most are served by it, 0 or more
     * @param threads for the others, 1 or more
     * @param busyPoll for how long at most one of them looks for news before it sleeps, when it has just been busy; 0 and above
     */
    public ClientLoops(IoEventLoop core, int onCore, int threads, Duration busyPoll) {
        super(threads, new DefaultThreadFactory("pando-client"), Sockets.waiting(busyPoll));
        this.core = core;
        this.places = new Semaphore(onCore);
    }

    /**
     * Where one client is served.
     *
     * @param leave gives it up, when the client is gone
     */
    record Seat(IoEventLoop loop, Runnable leave) {}

    /** The next one's. */
    Seat seat() {
        return places.tryAcquire() ? new Seat(core, places::release) : new Seat(next(), () -> {});
    }

    @Override
    public ChannelFuture register(Channel client) {
        Seat seat = seat();
        client.closeFuture().addListener(closed -> seat.leave().run());
        EventLoop loop = seat.loop(); // the name under which Netty wants it to be asked for this
        return loop.register(client);
    }
}
