package io.pando.client.shell;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How data looks to a person. */
final class Text {
    private static final int BYTES_PER_LINE = 16;

    private Text() {}

    /** Data that is no text is shown in hexadecimal, so that no terminal gets to see what it would take for commands. */
    static String of(byte @Nullable [] data) {
        return data == null
                ? "null"
                : textIn(data).orElseGet(() -> "0x" + HexFormat.of().formatHex(data));
    }

    /** The text that the data is, in UTF-8 and without control characters; empty if it is none. */
    static Optional<String> textIn(byte[] data) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
            boolean harmless = text.chars().noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
            return harmless ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** Sixteen bytes a line: where they are, what they are, and as characters what can be shown so. */
    static String hexDump(byte[] data) {
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < data.length; from += BYTES_PER_LINE) {
            if (from > 0) {
                dump.append(System.lineSeparator());
            }
            int to = Math.min(data.length, from + BYTES_PER_LINE);
            String hex = HexFormat.ofDelimiter(" ").formatHex(data, from, to);
            dump.append(String.format("%08x  %-48s|", from, hex));
            for (int at = from; at < to; at++) {
                dump.append(data[at] >= ' ' && data[at] < 0x7f ? (char) data[at] : '.');
            }
            dump.append('|');
        }
        return dump.toString();
    }
}
