package io.pando.server;

/** A running server has stopped itself, because it could no longer keep what it promises. The message says which promise. */
public final class HaltedException extends RuntimeException {
    public HaltedException(String message) {
        super(message);
    }
}
