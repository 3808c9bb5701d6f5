package io.pando.client;

import java.io.IOException;

/**
 * There is no server that could be asked, or it is gone before it has answered. A write that was under way may or may not have
 * happened.
 */
public final class DisconnectedException extends IOException {
    DisconnectedException(String message) {
        super(message);
    }

    DisconnectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
