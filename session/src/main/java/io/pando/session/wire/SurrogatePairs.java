package io.pando.session.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings in which a character above U+FFFF is written as its two UTF-16 surrogates, three bytes each (CESU-8), as
 * ZooKeeper's Java client does. The pairs are rewritten into the four bytes that UTF-8 asks for; everything else, valid
 * or not, is left to Java's decoder.
 */
final class SurrogatePairs {
    private static final int PAIR_BYTES = 6;

    private SurrogatePairs() {}

    static String decode(ByteBuf in, int start, int lengthBytes) {
        byte[] bytes = new byte[lengthBytes];
        in.getBytes(start, bytes);
        return new String(asUtf8(bytes), StandardCharsets.UTF_8);
    }

    private static byte[] asUtf8(byte[] bytes) {
        byte[] utf8 = new byte[bytes.length];
        int written = 0;
        int read = 0;
        while (read < bytes.length) {
            if (isPairAt(bytes, read)) {
                written = writeUtf8(codePointAt(bytes, read), utf8, written);
                read += PAIR_BYTES;
            } else {
                utf8[written++] = bytes[read++];
            }
        }
        return Arrays.copyOf(utf8, written);
    }

    /** High surrogates are ED A0..AF xx, low ones ED B0..BF xx. */
    private static boolean isPairAt(byte[] bytes, int at) {
        return at + PAIR_BYTES <= bytes.length
                && bytes[at] == (byte) 0xed
                && (bytes[at + 1] & 0xf0) == 0xa0
                && isContinuation(bytes[at + 2])
                && bytes[at + 3] == (byte) 0xed
                && (bytes[at + 4] & 0xf0) == 0xb0
                && isContinuation(bytes[at + 5]);
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }

    private static int codePointAt(byte[] bytes, int at) {
        int high = ((bytes[at + 1] & 0x0f) << 6) | (bytes[at + 2] & 0x3f);
        int low = ((bytes[at + 4] & 0x0f) << 6) | (bytes[at + 5] & 0x3f);
        return 0x10000 + ((high << 10) | low);
    }

    private static int writeUtf8(int codePoint, byte[] out, int at) {
        out[at] = (byte) (0xf0 | (codePoint >>> 18));
        out[at + 1] = (byte) (0x80 | ((codePoint >>> 12) & 0x3f));
        out[at + 2] = (byte) (0x80 | ((codePoint >>> 6) & 0x3f));
        out[at + 3] = (byte) (0x80 | (codePoint & 0x3f));
        return at + 4;
    }
}
