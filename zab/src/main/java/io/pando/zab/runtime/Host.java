package io.pando.zab.runtime;

import io.pando.zab.log.LogWork;
import io.pando.zab.message.Hello;
import io.pando.zab.transport.LinkListener;
import io.pando.zab.transport.SnapshotShelf;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * What a server runs on, its disk apart: a clock, threads that work for it, and a network. {@link ThreadedHost} is the one of production;
 * a simulation brings another, and so decides when everything happens.
 */
public interface Host extends AutoCloseable {

    Clock clock();

    /** A worker with a thread of this name. */
    Worker worker(String name);

    /** For what the core does at its time. */
    Timer timer();

    /** So many messages of other servers may wait for the core: 1 or more. What comes besides waits in the links. */
    int mostMessages();

    /** Sees to it that the log's work is done from now on. Called again if the log begins anew; then what it was given before has ended. */
    void drive(LogWork log);

    /**
     * Joins the network of servers.
     *
     * @param hello asked at every handshake, by any thread
     * @param links is told what comes from other servers
     * @param shelf what they may fetch
     * @throws IOException if a port is taken
     */
    PeerNetwork join(EnsembleConfig config, Supplier<Hello> hello, LinkListener links, SnapshotShelf shelf)
            throws IOException;

    /** Ends what is left, when everything that it gave is closed. */
    @Override
    void close();
}
