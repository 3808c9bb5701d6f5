package io.pando.client.shell;

/** A path that no znode can have; the message says which and why. */
final class BadPathException extends RuntimeException {
    BadPathException(String message) {
        super(message);
    }
}
