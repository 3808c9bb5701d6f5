package io.pando.datatree;

import org.jspecify.annotations.Nullable;

/**
 * What a znode that has, or once had, children keeps about them; it has none of this before its first child. The counters
 * cover everything below the znode, without the znode itself. They cost nothing to keep up, since a change copies every
 * ancestor anyway, and they answer what would else be a scan of the tree.
 * Whoever changes something here knows the {@link Keyed#keyHash} of the child's name from the way there.
 *
 * @param creations how many children were ever created; the number that the next sequential child gets
 * @param pzxid the zxid of the last creation or deletion of a child
 * @param reapable how many containers and znodes with a time to live there are below
 */
record Children(Trie<Znode> trie, int creations, long pzxid, long descendants, long bytes, long reapable) {

    /** With the first child, or another one, created at {@code zxid}. */
    static Children creating(@Nullable Children before, int hash, Znode child, long zxid) {
        if (before == null) {
            return new Children(
                    Trie.<Znode>empty().adding(hash, child),
                    1,
                    zxid,
                    1,
                    child.dataLength(),
                    child.isReapable() ? 1 : 0);
        }
        return new Children(
                before.trie.adding(hash, child),
                before.creations + 1,
                zxid,
                before.descendants + 1,
                before.bytes + child.dataLength(),
                before.reapable + (child.isReapable() ? 1 : 0));
    }

    /** Without a childless {@code child}, deleted at {@code zxid}. */
    Children deleting(int hash, Znode child, long zxid) {
        return new Children(
                trie.removing(hash, child),
                creations,
                zxid,
                descendants - 1,
                bytes - child.dataLength(),
                reapable - (child.isReapable() ? 1 : 0));
    }

    /** With {@code after} in the place of {@code before}, the same child before it or something below it changed. */
    Children replacing(int hash, Znode before, Znode after) {
        return new Children(
                trie.replacing(hash, after),
                creations,
                pzxid,
                descendants + after.descendants() - before.descendants(),
                bytes + after.subtreeBytes() - before.subtreeBytes(),
                reapable + after.reapableBelow() - before.reapableBelow());
    }

    /** Gathers the children of a restored znode: each is looked at when it is added, while it is at hand, and not again. */
    static final class Builder {
        private final TrieBuilder<Znode> trie = new TrieBuilder<>();
        private long below;
        private long bytes;
        private long reapable;

        void add(Znode child) {
            trie.add(child);
            below += child.descendants();
            bytes += child.subtreeBytes();
            reapable += child.reapableBelow() + (child.isReapable() ? 1 : 0);
        }

        /** So many were added. */
        int size() {
            return trie.size();
        }

        /** Once. */
        Children build(int creations, long pzxid) {
            return new Children(trie.build(), creations, pzxid, trie.size() + below, bytes, reapable);
        }
    }
}
