package io.pando.zab.log;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The disk, or the quota on it, is full. */
public final class NoSpaceException extends IOException {
    public NoSpaceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What the operating system says of a full disk becomes one of these; anything else stays what it is. */
    static IOException recognize(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left") || message.contains("quota exceeded");
        return full ? new NoSpaceException("No space is left on the disk", e) : e;
    }
}
