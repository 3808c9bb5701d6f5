package io.pando.testing;

/** An ensemble can't be started, or does not get where a test wants it; the message says what was waited for and what every server does. */
public final class TestEnsembleException extends RuntimeException {
    TestEnsembleException(String message) {
        super(message);
    }

    TestEnsembleException(String message, Throwable cause) {
        super(message, cause);
    }
}
