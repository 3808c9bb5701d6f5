package io.pando.server.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * Whether a connection reads on: it stops when the server or the client can't follow, or when others have their turn, and goes on after that. What has arrived by
 * then lies in the decoder and in the socket. Event loop of the connection.
 */
final class Intake {
    /** So many requests of one client are taken in one after the other; then others have their turn. */
    static final int MOST_REQUESTS_AT_ONCE = 100;

    private static final int RETRY_MS = 1;
    private static final int LONGEST_RETRY_MS = 32;

    private final Channel channel;
    private final ServingLoop.Place place;
    private final Runnable goOn;
    private int retryMs = RETRY_MS;
    private boolean retrying;
    private boolean awaitsTurn; // more requests are here than may be taken in at once

    /** @param goOn run when the server may have room again */
    Intake(Channel channel, ServingLoop.Place place, Runnable goOn) {
        this.channel = channel;
        this.place = place;
        this.goOn = goOn;
    }

    void pause() {
        channel.config().setAutoRead(false);
    }

    boolean isPaused() {
        return !channel.config().isAutoRead();
    }

    /** Reads on, beginning with what has arrived meanwhile. */
    void resume() {
        channel.config().setAutoRead(true);
        channel.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER); // has the decoder look once more at what it holds
        channel.pipeline().fireChannelReadComplete();
    }

    /** Pauses until {@link #hasTurn}: as many requests were taken in as may be at once. */
    void awaitTurn() {
        pause();
        awaitsTurn = true;
        place.awaitTurn();
    }

    boolean awaitsTurn() {
        return awaitsTurn;
    }

    /** Others have had their turn. */
    void hasTurn() {
        awaitsTurn = false;
    }

    /** There was no room for the next request: try again in a moment, and less often the longer that lasts. */
    void lookAgainSoon() {
        if (!retrying) {
            retrying = true;
            channel.eventLoop().schedule(this::lookAgain, retryMs, TimeUnit.MILLISECONDS);
            retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
        }
    }

    private void lookAgain() {
        retrying = false;
        goOn.run();
    }

    /** There was room. */
    void taken() {
        retryMs = RETRY_MS;
    }
}
