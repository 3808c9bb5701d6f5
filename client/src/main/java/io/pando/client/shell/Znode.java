package io.pando.client.shell;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Data of a znode in JSON: under {@code data} if it is text, else under {@code base64}; null data is null. */
final class Znode {
    private static final String TEXT = "data";
    private static final String BINARY = "base64";

    private Znode() {}

    static void putData(Map<String, @Nullable Object> json, byte @Nullable [] data) {
        Optional<String> text = data == null ? Optional.empty() : Text.textIn(data);
        if (data == null) {
            json.put(TEXT, null);
        } else if (text.isPresent()) {
            json.put(TEXT, text.get());
        } else {
            json.put(BINARY, Base64.getEncoder().encodeToString(data));
        }
    }
}
