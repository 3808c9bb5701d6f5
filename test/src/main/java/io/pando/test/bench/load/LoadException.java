package io.pando.test.bench.load;

/** A load could not be carried on: what was measured so far means nothing. The message is for the user. */
public final class LoadException extends RuntimeException {
    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
