package io.pando.client.shell;

/** What was typed can't be meant; the message says what is wrong with it, and what to do instead. */
final class MistakeException extends RuntimeException {
    MistakeException(String message) {
        super(message);
    }
}
