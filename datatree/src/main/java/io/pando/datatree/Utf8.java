package io.pando.datatree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Text that is kept as bytes, for a String would be one more object around the same bytes, and one more miss of the cache on
 * the way to them. Surrogates are refused, as paths have none: so each character is one to three bytes long, and bytes,
 * taken as unsigned, are in the order in which {@link String#compareTo} has the characters. What somebody looks for may
 * have them nevertheless; its pairs of surrogates are four bytes, which equal nothing that is kept.
 */
final class Utf8 {
    /** Bytes from here on, up to -1, begin a character of three bytes; those below, one of two. */
    private static final byte FIRST_LEAD_OF_THREE = (byte) 0xe0;

    private static final byte FIRST_LEAD_OF_FOUR = (byte) 0xf0;

    private Utf8() {}

    /** @throws IllegalArgumentException when there is a surrogate in it */
    static byte[] encode(String text) {
        int surrogate = indexOfSurrogate(text);
        if (surrogate >= 0) {
            throw new IllegalArgumentException("A surrogate is not allowed here; it is at index " + surrogate);
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

    /** The first of them in {@code text}, or -1. */
    static int indexOfSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** What {@link String#hashCode} is for the same characters. */
    static int hash(byte[] utf8) {
        int hash = 0;
        for (int at = 0; at < utf8.length; at += widthAt(utf8, at)) {
            hash = hashWith(hash, charAt(utf8, at));
        }
        return hash;
    }

    /** The {@link #hash} of what has this one already, with one more character. */
    static int hashWith(int hash, char c) {
        return 31 * hash + c;
    }

    /** The character that begins at this byte; something, where that has two surrogates. */
    static char charAt(byte[] utf8, int at) {
        byte lead = utf8[at];
        return lead >= 0 ? (char) lead : wideCharAt(utf8, at);
    }

    /** Apart, so that the other is small enough to become a part of the loops over a name. */
    private static char wideCharAt(byte[] utf8, int at) {
        byte lead = utf8[at];
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
        if (lead < FIRST_LEAD_OF_THREE) {
            return 2;
        }
        return lead < FIRST_LEAD_OF_FOUR ? 3 : 4;
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
