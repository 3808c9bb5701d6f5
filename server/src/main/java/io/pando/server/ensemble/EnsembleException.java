package io.pando.server.ensemble;

/** An ensemble can't be started as it was asked for; the message says why and what would do. */
public final class EnsembleException extends Exception {
    private static final long serialVersionUID = 1;

    EnsembleException(String message) {
        super(message);
    }

    EnsembleException(String message, Exception cause) {
        super(message, cause);
    }
}
