package io.pando.datatree;

/**
 * What a {@link Trie} holds. A class rather than an interface, so that the key of public types stays their own affair.
 */
abstract class Keyed {
    abstract String key();

    /** Spreads what String remembers of its text anyway, so that also the low bits differ for similar names. */
    final int keyHash() {
        return spread(key().hashCode());
    }

    /** The {@link #keyHash} of whatever has this stretch of {@code text} as its key. */
    static int hashOf(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return spread(hash);
    }

    final boolean isNamed(String text, int from, int to) {
        String key = key();
        return key.length() == to - from && text.startsWith(key, from);
    }

    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7feb352d;
        return mixed ^ (mixed >>> 15);
    }
}
