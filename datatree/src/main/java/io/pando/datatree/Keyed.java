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
        return hashOf(key);
    }

    /** The {@link #keyHash} of whatever has this key. */
    static int hashOf(byte[] key) {
        return spread(Utf8.hash(key));
    }

    final boolean isNamed(byte[] name) {
        return Arrays.equals(key, name);
    }

    /** The same, for a stretch of {@code utf8}. */
    final boolean isNamed(byte[] utf8, int from, int to) {
        return Arrays.equals(utf8, from, to, key, 0, key.length);
    }

    final boolean isNamedLike(Keyed other) {
        return Arrays.equals(key, other.key);
    }

    /** Orders by key, in the order of characters. */
    static int compare(Keyed one, Keyed other) {
        return Arrays.compareUnsigned(one.key, other.key);
    }

    /** The {@link #keyHash} of what has this {@link Utf8#hash}. */
    static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7feb352d;
        return mixed ^ (mixed >>> 15);
    }
}
