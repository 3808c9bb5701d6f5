package io.pando.client.shell;

/** There was nothing to find, which is no mistake, but which scripts want to know: as grep does, the command ends with 1. */
final class NothingFoundException extends RuntimeException {
    NothingFoundException() {
        super("Nothing was found.");
    }
}
