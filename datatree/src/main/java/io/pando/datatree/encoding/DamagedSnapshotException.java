package io.pando.datatree.encoding;

import java.io.IOException;

/** A snapshot can't be trusted: it is cut short, malformed, of an unknown format, or not of the digest that it says. */
public final class DamagedSnapshotException extends IOException {
    DamagedSnapshotException(String message) {
        super(message);
    }

    DamagedSnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
