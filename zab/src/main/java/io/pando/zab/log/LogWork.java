package io.pando.zab.log;

import java.io.IOException;

/**
 * What the threads {@code zab-log} and {@code zab-prepare} do. Whoever runs a server without threads does it in their place, one step at a
 * time: the steps are for one thread, that of the core.
 */
public interface LogWork {

    /** From now on it is done by threads, and none of the other methods is to be called. */
    void startThreads();

    /** Whether everything that was submitted is durable. */
    boolean isIdle();

    /**
     * Whether {@link #writeGroup} gets through. If not, a thread would wait in it for a segment for which there is no room: it is to be
     * tried again.
     */
    boolean hasRoom() throws IOException;

    /** Makes durable what was submitted so far, and rings the doorbell. */
    void writeGroup();

    /** Writes down how far the log is durable, unless it goes on anyway: to be called when nothing was written for a while. */
    void writeHintIfIdle();

    /** Prepares the next segment if it will be needed; returns whether there is no room for it, so that it has to be tried again. */
    boolean prepareIfWanted() throws IOException;
}
