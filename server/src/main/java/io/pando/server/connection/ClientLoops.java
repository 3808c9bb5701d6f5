package io.pando.server.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
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
final class ClientLoops extends MultiThreadIoEventLoopGroup {
    private final EventLoop core;
    private final Semaphore places;

    /**
     * @param core goes on when these are shut down
     * @param onCore so many clients at most are served by it, 0 or more
     * @param threads for the others, 1 or more
     */
    ClientLoops(EventLoop core, int onCore, int threads, Duration busyPoll) {
        super(threads, new DefaultThreadFactory("pando-client"), Sockets.waiting(busyPoll));
        this.core = core;
        this.places = new Semaphore(onCore);
    }

    @Override
    public ChannelFuture register(Channel client) {
        if (!places.tryAcquire()) {
            return super.register(client);
        }
        client.closeFuture().addListener(closed -> places.release());
        return core.register(client);
    }
}
