package io.pando.server.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and booleans as JSON, on one line. */
final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(@Nullable Object value) {
        var json = new JsonText();
        json.append(value);
        return json.text.toString();
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> text.append("null");
            case Map<?, ?> map -> appendMap(map);
            case List<?> list -> appendList(list);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> appendText(value.toString());
        }
    }

    private void appendMap(Map<?, ?> map) {
        text.append('{');
        var separator = "";
        for (var entry : map.entrySet()) {
            text.append(separator);
            appendText(String.valueOf(entry.getKey()));
            text.append(':');
            append(entry.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void appendList(List<?> list) {
        text.append('[');
        var separator = "";
        for (var one : list) {
            text.append(separator);
            append(one);
            separator = ",";
        }
        text.append(']');
    }

    private void appendText(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                // Lone surrogates too: they have no form in UTF-8.
                default -> text.append(c < ' ' || Character.isSurrogate(c) ? String.format("\\u%04x", (int) c) : c);
            }
        }
        text.append('"');
    }
}
