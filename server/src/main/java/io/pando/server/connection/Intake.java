package io.pando.server.connection;

import io.pando.server.socket.ClientSocket;
import java.util.concurrent.TimeUnit;

/**
 * Whether a connection reads on: it stops when the server or the client can't follow, or when others have their turn, and goes on after that. What has arrived by
 * then lies in the socket. Event loop of the connection.
 */
final class Intake {
    /** So many requests of one client are taken in one after the other; then others have their turn. */
    static final int MOST_REQUESTS_AT_ONCE = 100;

    private static final int RETRY_MS = 1;
    private static final int LONGEST_RETRY_MS = 32;

    private final ClientSocket socket;
    private final ServingLoop.Turns turns;
    private final ClientConnection connection;
    private int retryMs = RETRY_MS;
    private boolean retrying;
    private boolean awaitsTurn; // more requests are here than may be taken in at once

    Intake(ClientSocket socket, ServingLoop.Turns turns, ClientConnection connection) {
        this.socket = socket;
        this.turns = turns;
        this.connection = connection;
    }

    void pause() {
        socket.pause();
    }

    boolean isPaused() {
        return socket.isPaused();
    }

    /** Reads on, beginning with what has arrived meanwhile. */
    void resume() {
        socket.resume();
    }

    /** Pauses until {@link #hasTurn}: as many requests were taken in as may be at once. */
    void awaitTurn() {
        pause();
        awaitsTurn = true;
        turns.awaitTurn();
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
            socket.loop().schedule(this::lookAgain, retryMs, TimeUnit.MILLISECONDS);
            retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
        }
    }

    private void lookAgain() {
        retrying = false;
        connection.goOn();
    }

    /** There was room. */
    void taken() {
        retryMs = RETRY_MS;
    }
}
