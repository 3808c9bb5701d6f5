package io.pando.server;

/** A server that could not start. The message says why, with the values, and what to do next. */
public final class StartException extends Exception {
    private final Reason reason;

    /** What a supervisor would tell apart. */
    public enum Reason {
        /** Another process holds the data directory. */
        DATA_IN_USE,
        /** What is stored is damaged, foreign, too new or unreadable. */
        STORAGE_UNUSABLE,
        /** The client port is taken, or its address is not of this machine. */
        PORT_UNAVAILABLE
    }

    public StartException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
