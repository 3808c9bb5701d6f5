package io.pando.server.config;

/** A text that the server needs and nobody may read in a log, a dump or an error. */
public record Secret(String reveal) {
    static final String REDACTED = "(redacted)";

    @Override
    public String toString() {
        return REDACTED;
    }
}
