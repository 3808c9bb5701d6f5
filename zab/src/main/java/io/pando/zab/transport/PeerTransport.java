package io.pando.zab.transport;

import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Membership;

/**
 * Links with the other servers, dialed in advance and again when they are lost (design: zab.md section 3.4). What they bring is
 * told to a {@link LinkListener}.
 *
 * <p>{@link #send}, {@link #flush} and {@link #close(Link, String)} belong to one thread, that of the core; the others may be
 * called by any.
 */
public interface PeerTransport extends AutoCloseable {

    /**
     * Keeps links with these servers from now on: of a pair the higher id dials. Links with servers that were members before and
     * are no more, or that have moved, are closed.
     */
    void connectTo(Membership membership);

    /**
     * Takes a message along with the next {@link #flush}. Messages on one link keep their order; on a link that is gone they
     * vanish.
     *
     * @throws IllegalArgumentException if the message is longer than a peer would take
     */
    void send(Link link, Message message);

    /** Lets go what was sent since the last time: called once per turn of the core. */
    void flush();

    /** Ends a link after what was sent on it; {@link LinkListener#down} follows. A new one is dialed as if it had been lost. */
    void close(Link link, String why);

    /** Offers again what {@link LinkListener#received} has refused. Costs next to nothing if that was nothing. */
    void resumeReading();

    /** Counts since the start. */
    TransportFigures figures();

    /** Ends all links, tells the listener of it, and then its thread. Returns when all is closed. */
    @Override
    void close();
}
