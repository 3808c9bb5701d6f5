package io.pando.test.fuzz;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A decoder did with an input what it must not do with any. */
public final class BrokenPromiseException extends RuntimeException {
    BrokenPromiseException(Decoder decoder, byte[] input, String what, @Nullable Throwable cause) {
        super(
                "With these " + input.length + " bytes, " + decoder.name() + " breaks its promise: " + what
                        + System.lineSeparator() + "To see it again: bin/pando fuzz --replay "
                        + HexFormat.of().formatHex(input) + " " + decoder.name(),
                cause);
    }
}
