package io.pando.zab.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The disk, or the quota on it, is full. */
public final class NoSpaceException extends IOException {
    public NoSpaceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
