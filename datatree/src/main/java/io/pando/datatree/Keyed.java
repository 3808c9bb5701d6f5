package io.pando.datatree;

import java.util.Arrays;

/**
 * What a {@link Trie} holds, which is found and ordered by a text. A class rather than an interface, so that the key of
 * public types stays their own affair, and so that it is one step away for whoever looks for it.
 */
abstract class Keyed {
    /** In {@link Utf8}. It does not leave the package, since it may not be written to. */
    private final byte[] key;

    Keyed(byte[] key) {
        this.key = key;
    }

    final byte[] key() {
        return key;
    }

    final String keyText() {
        return Utf8.decode(key);
    }

    /**
     * Spreads the hash that String has for the same text, so that also the low bits differ for similar names. The shape of
     * tries follows from it, and so the order of what is in them: it is the same on all servers, whatever version they have.
     */
    final int keyHash() {
        return spread(Utf8.hash(key));
    }

    /** The {@link #keyHash} of whatever has this stretch of {@code text} as its key. */
    static int hashOf(String text, int from, int to) {
        return spread(Utf8.hash(text, from, to));
    }

    final boolean isNamed(String text) {
        return isNamed(text, 0, text.length());
    }

    final boolean isNamed(String text, int from, int to) {
        return Utf8.isEqual(text, from, to, key);
    }

    final boolean isNamedLike(Keyed other) {
        return Arrays.equals(key, other.key);
    }

    /** Orders by key, in the order of characters. */
    static int compare(Keyed one, Keyed other) {
        return Arrays.compareUnsigned(one.key, other.key);
    }

    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7feb352d;
        return mixed ^ (mixed >>> 15);
    }
}
