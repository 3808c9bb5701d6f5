package io.pando.zab.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for sockets, for what is due and for tasks alike. It begins with the first of them. */
public final class LoopThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);
    private static final long STOP_SECONDS = 5;

    private final String name;
    private final IoEventLoopGroup group;

    /**
     * @param name of the thread
     * @param busyPoll for how long at most it looks for news before it sleeps, when it has just been busy; 0 and above
     */
    public LoopThread(String name, Duration busyPoll) {
        this.name = name;
        this.group = new MultiThreadIoEventLoopGroup(
                1, (ThreadFactory) task -> new FastThreadLocalThread(task, name), Sockets.waiting(busyPoll));
    }

    /** What runs on it, the same at every call. */
    public IoEventLoop loop() {
        return group.next();
    }

    /** Ends the thread when what it was given is done, and waits for that, not for ever. Of no effect the second time. */
    @Override
    public void close() {
        group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
        if (!group.terminationFuture().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS)) {
            log.warn("The thread {} did not stop within {} s", name, STOP_SECONDS);
        }
    }
}
