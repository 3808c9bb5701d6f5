package io.pando.datatree;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Data of a znode as a person can bear to read it: how long it is, and how it begins. */
final class DataText {
    private static final int SHOWN_BYTES = 16;

    private DataText() {}

    static String of(byte @Nullable [] data) {
        if (data == null) {
            return "null";
        }
        String start = HexFormat.of().formatHex(data, 0, Math.min(data.length, SHOWN_BYTES));
        return data.length + " bytes" + (start.isEmpty() ? "" : " " + start) + (data.length > SHOWN_BYTES ? "…" : "");
    }
}
