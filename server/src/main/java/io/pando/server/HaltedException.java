package io.pando.server;

/** A running server has stopped itself, because it could no longer keep what it promises. The message says which promise. */
public final class HaltedException extends RuntimeException {
    private final boolean startsAnew;

    public HaltedException(String message, boolean startsAnew) {
        super(message);
        this.startsAnew = startsAnew;
    }

    /** Whether it disowns its data: it is to be halted and started again, and gets everything from the others then. */
    public boolean startsAnew() {
        return startsAnew;
    }
}
