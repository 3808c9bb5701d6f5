package io.pando.client.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that thousands of sessions share: a few event loops, each of which owns the sessions that were given to it, and threads
 * that come and go for what may block: callbacks of applications and the looking up of host names. All are daemons. Safe to use
 * from any thread.
 */
public final class ClientLoops implements AutoCloseable {
    private static final SharedLoops SHARED = new SharedLoops();
    private static final int IDLE_SECONDS = 10;

    private final MultiThreadIoEventLoopGroup loops;
    private final ExecutorService mayBlock;

    private ClientLoops(int threads) {
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("pando-loop", true), NioIoHandler.newFactory());
        this.mayBlock = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DefaultThreadFactory("pando-callback", true));
    }

    /**
     * Loops of one's own, to be closed after the last client that uses them.
     *
     * @param threads how many event loops, at least 1
     */
    public static ClientLoops of(int threads) {
        return new ClientLoops(threads);
    }

    /**
     * The loops that clients of this process share unless they are given others; at most two. They start for the first who asks
     * and end when all who asked have released them.
     */
    public static Lease shared() {
        return SHARED.lease();
    }

    /** The loop that will own the next session. */
    public EventLoop next() {
        return loops.next();
    }

    /** For what may block. It has as many threads as there are tasks at a time, and none when there are none. */
    public Executor mayBlock() {
        return mayBlock;
    }

    /** Ends the threads, when what runs has run. Returns at once. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        mayBlock.shutdown();
    }

    /** A claim to loops; they live until it is closed. */
    public interface Lease extends AutoCloseable {
        ClientLoops loops();

        /** Gives them back; once more does nothing. */
        @Override
        void close();
    }
}
