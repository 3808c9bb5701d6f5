package io.pando.zab.log;

import java.nio.ByteBuffer;

/**
 * The unit in which a disk keeps a write or loses it: 512 bytes, aligned. Segments are zero before they are written, so a
 * blank sector inside a batch is one that may never have arrived.
 */
final class Sectors {
    static final int BYTES = 512;

    private Sectors() {}

    /**
     * How many sectors are all zero as far as they overlap the bytes from {@code from} to {@code to}, multiples of 8, of which
     * the first lies at {@code offset}, a multiple of 8, in its file.
     */
    static int countBlank(ByteBuffer bytes, int from, int to, long offset) {
        int blank = 0;
        int start = from;
        while (start < to) {
            int end = (int) Math.min(to, start + BYTES - (offset + start - from) % BYTES);
            if (isBlank(bytes, start, end)) {
                blank++;
            }
            start = end;
        }
        return blank;
    }

    static boolean isBlank(ByteBuffer bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            if (bytes.getLong(i) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
