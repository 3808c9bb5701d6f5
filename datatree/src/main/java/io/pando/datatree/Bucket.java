package io.pando.datatree;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Two or more elements of a {@link Trie} whose hashes are equal, in the order of their keys. Clients choose names, and
 * equal hashes are easy to make on purpose; so this is a search tree, balanced by weight (Adams, 1993), in which a
 * million such names cost no more than twenty-odd comparisons each.
 */
final class Bucket {
    /** A side may weigh this many times the other; a rotation is single up to RATIO, and double from there on. */
    private static final int WEIGHT = 3;

    private static final int RATIO = 2;

    private final Keyed element;
    private final @Nullable Bucket left;
    private final @Nullable Bucket right;
    private final int size;

    private Bucket(@Nullable Bucket left, Keyed element, @Nullable Bucket right) {
        this.element = element;
        this.left = left;
        this.right = right;
        this.size = sizeOf(left) + 1 + sizeOf(right);
    }

    static Bucket of(Keyed element) {
        return new Bucket(null, element, null);
    }

    int size() {
        return size;
    }

    Keyed element() {
        return element;
    }

    @Nullable
    Keyed find(byte[] utf8, int from, int to) {
        Bucket bucket = this;
        while (bucket != null) {
            byte[] key = bucket.element.key();
            int order = Arrays.compareUnsigned(utf8, from, to, key, 0, key.length);
            if (order == 0) {
                return bucket.element;
            }
            bucket = order < 0 ? bucket.left : bucket.right;
        }
        return null;
    }

    Bucket adding(Keyed added) {
        int order = Keyed.compare(added, element);
        if (order == 0) {
            throw new IllegalStateException("'" + added.keyText() + "' is in the trie already");
        }
        return order < 0
                ? balanced(left == null ? of(added) : left.adding(added), element, right)
                : balanced(left, element, right == null ? of(added) : right.adding(added));
    }

    Bucket replacing(Keyed replacement) {
        int order = Keyed.compare(replacement, element);
        if (order == 0) {
            return new Bucket(left, replacement, right);
        }
        return order < 0
                ? new Bucket(present(left, replacement).replacing(replacement), element, right)
                : new Bucket(left, element, present(right, replacement).replacing(replacement));
    }

    /** Of a bucket that holds at least one more. */
    Bucket removing(Keyed removed) {
        Bucket rest = without(removed);
        if (rest == null) {
            throw new IllegalStateException("A bucket may not become empty");
        }
        return rest;
    }

    /** Puts what it consists of on top of {@code pending}, the first of them uppermost. */
    void pushParts(ArrayDeque<Object> pending) {
        if (right != null) {
            pending.push(right);
        }
        pending.push(element);
        if (left != null) {
            pending.push(left);
        }
    }

    private @Nullable Bucket without(Keyed removed) {
        int order = Keyed.compare(removed, element);
        if (order < 0) {
            return balanced(present(left, removed).without(removed), element, right);
        }
        if (order > 0) {
            return balanced(left, element, present(right, removed).without(removed));
        }
        if (left == null) {
            return right;
        }
        return right == null ? left : balanced(left, right.first(), right.withoutFirst());
    }

    private Keyed first() {
        Bucket bucket = this;
        while (bucket.left != null) {
            bucket = bucket.left;
        }
        return bucket.element;
    }

    private @Nullable Bucket withoutFirst() {
        return left == null ? right : balanced(left.withoutFirst(), element, right);
    }

    private static Bucket balanced(@Nullable Bucket left, Keyed element, @Nullable Bucket right) {
        int leftSize = sizeOf(left);
        int rightSize = sizeOf(right);
        if (leftSize + rightSize < 2) {
            return new Bucket(left, element, right);
        }
        if (right != null && rightSize > WEIGHT * leftSize) {
            return turnedLeft(left, element, right);
        }
        if (left != null && leftSize > WEIGHT * rightSize) {
            return turnedRight(left, element, right);
        }
        return new Bucket(left, element, right);
    }

    private static Bucket turnedLeft(@Nullable Bucket left, Keyed element, Bucket right) {
        Bucket middle = right.left;
        if (middle == null || middle.size < RATIO * sizeOf(right.right)) {
            return new Bucket(new Bucket(left, element, middle), right.element, right.right);
        }
        return new Bucket(
                new Bucket(left, element, middle.left),
                middle.element,
                new Bucket(middle.right, right.element, right.right));
    }

    private static Bucket turnedRight(Bucket left, Keyed element, @Nullable Bucket right) {
        Bucket middle = left.right;
        if (middle == null || middle.size < RATIO * sizeOf(left.left)) {
            return new Bucket(left.left, left.element, new Bucket(middle, element, right));
        }
        return new Bucket(
                new Bucket(left.left, left.element, middle.left),
                middle.element,
                new Bucket(middle.right, element, right));
    }

    private static int sizeOf(@Nullable Bucket bucket) {
        return bucket == null ? 0 : bucket.size;
    }

    private static Bucket present(@Nullable Bucket side, Keyed sought) {
        if (side == null) {
            throw new IllegalStateException("'" + sought.keyText() + "' is not in the trie");
        }
        return side;
    }
}
