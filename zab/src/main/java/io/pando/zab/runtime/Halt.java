package io.pando.zab.runtime;

/**
 * Why this server can't go on: it must exit without another reply, and what the disk holds is found out at the next start.
 *
 * @param startsAnew whether it disowns its data, so that its next start begins without
 */
public record Halt(String reason, Throwable cause, boolean startsAnew) {
    public Halt(String reason, Throwable cause) {
        this(reason, cause, false);
    }
}
