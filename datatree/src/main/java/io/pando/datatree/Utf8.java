package io.pando.datatree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Text that is kept as bytes, for a String would be one more object around the same bytes, and one more miss of the cache on
 * the way to them. Surrogates are refused, as paths have none: so each character is one to three bytes long, and bytes,
 * taken as unsigned, are in the order in which {@link String#compareTo} has the characters. What is here deals with these
 * characters where they are, as nothing is to be allocated when a znode is looked for.
 */
final class Utf8 {
    /** Bytes from here on, up to -1, begin a character of three bytes; those below, one of two. */
    private static final byte FIRST_LEAD_OF_THREE = (byte) 0xe0;

    private Utf8() {}

    /** @throws IllegalArgumentException when there is a surrogate in it */
    static byte[] encode(String text) {
        return encode(text, 0, text.length());
    }

    /** This stretch of {@code text}; in one go if it is all ASCII, as most is. */
    static byte[] encode(String text, int from, int to) {
        byte[] ascii = new byte[to - from];
        for (int i = 0; i < ascii.length; i++) {
            char c = text.charAt(from + i);
            if (c >= 0x80) {
                return encodeWide(text.substring(from, to));
            }
            ascii[i] = (byte) c;
        }
        return ascii;
    }

    private static byte[] encodeWide(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                throw new IllegalArgumentException("A surrogate is not allowed here; it is at index " + i);
            }
        }
        return text.getBytes(UTF_8);
    }

    static String decode(byte[] utf8) {
        return new String(utf8, UTF_8);
    }

    /** The same array, if {@link #encode} could have made it. */
    static byte[] checked(byte[] utf8) {
        if (!isAscii(utf8) && !Arrays.equals(utf8, encode(decode(utf8)))) {
            throw new IllegalArgumentException("These bytes are not UTF-8: " + Arrays.toString(utf8));
        }
        return utf8;
    }

    /** What {@link String#hashCode} is for the same characters. */
    static int hash(byte[] utf8) {
        int hash = 0;
        for (int at = 0; at < utf8.length; at += widthAt(utf8, at)) {
            hash = 31 * hash + charAt(utf8, at);
        }
        return hash;
    }

    /** The same for a stretch of text. */
    static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    static boolean isEqual(String text, int from, int to, byte[] utf8) {
        if (to - from != utf8.length) {
            // No character takes less than a byte.
            return to - from < utf8.length && compare(text, from, to, utf8) == 0;
        }
        for (int i = 0; i < utf8.length; i++) {
            // As many characters as bytes, so that they can only be equal as ASCII; what is not ASCII is negative here.
            if (text.charAt(from + i) != utf8[i]) {
                return false;
            }
        }
        return true;
    }

    /** As {@link String#compareTo} would order the stretch of {@code text} and what {@code utf8} says. */
    static int compare(String text, int from, int to, byte[] utf8) {
        int at = 0;
        for (int i = from; i < to; i++) {
            int order = at == utf8.length ? 1 : text.charAt(i) - charAt(utf8, at);
            if (order != 0) {
                return order;
            }
            at += widthAt(utf8, at);
        }
        return at - utf8.length;
    }

    /** The character that begins at this byte. */
    static char charAt(byte[] utf8, int at) {
        byte lead = utf8[at];
        if (lead >= 0) {
            return (char) lead;
        }
        return (char)
                (lead < FIRST_LEAD_OF_THREE
                        ? (lead & 0x1f) << 6 | rest(utf8, at + 1)
                        : (lead & 0x0f) << 12 | rest(utf8, at + 1) << 6 | rest(utf8, at + 2));
    }

    /** How many bytes the character has that begins at this one. */
    static int widthAt(byte[] utf8, int at) {
        byte lead = utf8[at];
        if (lead >= 0) {
            return 1;
        }
        return lead < FIRST_LEAD_OF_THREE ? 2 : 3;
    }

    private static int rest(byte[] utf8, int at) {
        return utf8[at] & 0x3f;
    }

    private static boolean isAscii(byte[] utf8) {
        for (byte each : utf8) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }
}
