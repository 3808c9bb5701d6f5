package io.pando.datatree;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of elements that are found by their key: the children of a znode, the sessions, the ephemerals of a
 * session. It is a compressed hash-array mapped prefix tree (Steindorfer and Vinju, OOPSLA 2015), and intrusive: its
 * leaves are the elements themselves, so an element costs little more than the reference to it. Its shape depends only on
 * what it holds, not on how it came about, so iteration order is the same on every server.
 */
final class Trie<E extends Keyed> implements Iterable<E> {
    private static final Trie<Keyed> EMPTY = new Trie<>(Branch.EMPTY, 0);

    private final Branch root;
    private final int size;

    Trie(Branch root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // The empty trie holds no element of any type.
    static <E extends Keyed> Trie<E> empty() {
        return (Trie<E>) EMPTY;
    }

    /** Builds a trie at once, see {@link TrieBuilder}. */
    static <E extends Keyed> Trie<E> of(List<E> elements) {
        TrieBuilder<E> builder = new TrieBuilder<>();
        elements.forEach(builder::add);
        return builder.build();
    }

    /** The way in for {@link Prefetch}. */
    Branch root() {
        return root;
    }

    int size() {
        return size;
    }

    @Nullable
    E find(byte[] key) {
        return find(Keyed.hashOf(key), key, 0, key.length);
    }

    /** The element whose key is this stretch of {@code utf8}, and has this {@link Keyed#keyHash}. Allocates nothing. */
    @SuppressWarnings("unchecked") // Only elements of E were put in.
    @Nullable
    E find(int hash, byte[] utf8, int from, int to) {
        return (E) root.find(hash, utf8, from, to);
    }

    /** With an element whose key is new. */
    Trie<E> adding(E element) {
        return adding(element.keyHash(), element);
    }

    /** The same, where {@code hash} is its {@link Keyed#keyHash}. */
    Trie<E> adding(int hash, E element) {
        return new Trie<>(root.adding(element, hash, 0), size + 1);
    }

    /** With {@code element} in the place of the one that has the same key. */
    Trie<E> replacing(E element) {
        return replacing(element.keyHash(), element);
    }

    /** The same, where {@code hash} is its {@link Keyed#keyHash}. */
    Trie<E> replacing(int hash, E element) {
        return new Trie<>(root.replacing(element, hash, 0), size);
    }

    /** Without the element that has the key of {@code element}, which has to be there. */
    Trie<E> removing(E element) {
        return removing(element.keyHash(), element);
    }

    /** The same, where {@code hash} is its {@link Keyed#keyHash}. */
    Trie<E> removing(int hash, E element) {
        Branch rest = root.removing(element, hash, 0);
        return size == 1 ? empty() : new Trie<>(rest, size - 1);
    }

    @Override
    public Iterator<E> iterator() {
        return new Walk<>(root);
    }

    /** Keeps what is still to be visited; that is bounded by the depth of the trie, not by its size. */
    private static final class Walk<E extends Keyed> implements Iterator<E> {
        private final ArrayDeque<Object> pending = new ArrayDeque<>();

        Walk(Branch root) {
            push(root);
        }

        @Override
        public boolean hasNext() {
            return !pending.isEmpty();
        }

        @Override
        @SuppressWarnings("unchecked") // Only elements of E were put in.
        public E next() {
            while (true) {
                Object next = pending.poll();
                if (next == null) {
                    throw new NoSuchElementException();
                } else if (next instanceof Branch branch) {
                    push(branch);
                } else if (next instanceof Bucket bucket) {
                    bucket.pushParts(pending);
                } else {
                    return (E) next;
                }
            }
        }

        private void push(Branch branch) {
            for (int i = branch.slots.length - 1; i >= 0; i--) {
                pending.push(branch.slots[i]);
            }
        }
    }
}
