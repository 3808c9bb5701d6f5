package io.pando.recipes.counter;

import java.nio.charset.StandardCharsets;

/**
 * A shared value and which one it is.
 *
 * @param data not to be changed
 * @param version grows with every change
 * @param zxid of the change that made it
 */
@SuppressWarnings("ArrayRecordComponent") // Data is read; versions are compared.
public record VersionedValue(byte[] data, int version, long zxid) {
    /** The data as UTF-8. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
