package io.pando.zab.transport;

import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;

/**
 * Is told what happens on links, for each of them in the order {@code up}, {@code received}…, {@code down}; a link that replaces
 * another one of the same server comes up after that is down. Called on the transport's event loop, which it must not block.
 */
public interface LinkListener {

    void up(Link link, Hello hello);

    /**
     * Takes a message, or refuses it for now: then nothing more is read from this link until {@link PeerTransport#resumeReading},
     * after which the same message comes again.
     *
     * @return whether it was taken
     */
    boolean received(Link link, Message message);

    /** Messages that were refused and not offered again are lost with the link. */
    void down(Link link, String why);
}
