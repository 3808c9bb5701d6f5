package io.pando.zab.transport;

import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.MessageCodec;

/** What all links of a transport share. */
interface LinkServices {

    MessageCodec codec();

    FrameLimits limits();

    long maxUnsentBytes();

    LinkListener listener();

    Counters counters();

    PausedLinks paused();

    /** Runs a task on the event loop, unless that has ended. */
    void run(Runnable task);

    /** The link is no more; called once. Event loop. */
    void ended(PeerLink link, String why);
}
