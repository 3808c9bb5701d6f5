package io.pando.test.bench.target;

import io.pando.test.bench.load.LoadException;
import java.nio.file.Path;
import java.util.Set;

/** What was started here, by {@link Servers}, and ends here. It can be struck down and set up again, with all its servers at once. */
public interface StartedTarget extends Target, AutoCloseable {
    /** Fails for a target that somebody else runs. */
    static StartedTarget of(Target target) {
        if (target instanceof StartedTarget started) {
            return started;
        }
        throw new LoadException("A server that was not started here is not filled up, killed or looked into.");
    }

    /** Returns as soon as each of its servers let a session read {@code path}. */
    void awaitRead(String path);

    /** Returns when all of it serves. */
    default void awaitServing() {
        awaitRead("/");
    }

    /** As {@code kill -9} does, and waits for the end. */
    void kill();

    /** As SIGTERM does, and waits for the end: the servers may tidy up. */
    void terminate();

    void startAgain();

    /** The bytes of live objects in a server's heap; the mean where there are several servers. */
    long liveHeapBytes();

    /** The snapshots on its disks, whole ones or not. */
    Set<Path> snapshots();

    /** Ends its processes, whatever they do, and removes their data. */
    @Override
    void close();
}
