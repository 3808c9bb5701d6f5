package io.pando.datatree;

import org.jspecify.annotations.Nullable;

/**
 * An inner node of a {@link Trie}: 32 places, chosen by five bits of the hash. {@code elements} has a bit for each place
 * that holds an element, {@code branches} for each that holds a deeper {@code Branch} or, below the last bits of the
 * hash, a {@link Bucket}. {@code slots} holds first the elements and then the others, each in the order of their bits.
 */
final class Branch {
    static final Branch EMPTY = new Branch(0, 0, new Object[0]);

    /** Bits of the hash that one level uses, and the last shift that still has bits. */
    static final int BITS = 5;

    static final int LAST_SHIFT = 30;

    private final int elements;
    private final int branches;
    final Object[] slots;

    Branch(int elements, int branches, Object[] slots) {
        this.elements = elements;
        this.branches = branches;
        this.slots = slots;
    }

    static int bitOf(int hash, int shift) {
        return 1 << ((hash >>> shift) & 31);
    }

    @Nullable
    Keyed find(int hash, byte[] utf8, int from, int to) {
        Branch branch = this;
        for (int shift = 0; ; shift += BITS) {
            int bit = bitOf(hash, shift);
            if ((branch.elements & bit) != 0) {
                Keyed element = (Keyed) branch.slots[branch.elementIndex(bit)];
                return element.isNamed(utf8, from, to) ? element : null;
            }
            if ((branch.branches & bit) == 0) {
                return null;
            }
            Object below = branch.slots[branch.branchIndex(bit)];
            if (shift == LAST_SHIFT) {
                return ((Bucket) below).find(utf8, from, to);
            }
            branch = (Branch) below;
        }
    }

    /** What is at the place that {@code hash} has at this level: an element, what is below, or null. */
    @Nullable
    Object at(int hash, int shift) {
        int bit = bitOf(hash, shift);
        if (((elements | branches) & bit) == 0) {
            return null;
        }
        return slots[(elements & bit) != 0 ? elementIndex(bit) : branchIndex(bit)];
    }

    Branch adding(Keyed element, int hash, int shift) {
        int bit = bitOf(hash, shift);
        if ((elements & bit) != 0) {
            Keyed other = (Keyed) slots[elementIndex(bit)];
            return sinking(bit, both(other, other.keyHash(), element, hash, shift + BITS));
        }
        if ((branches & bit) == 0) {
            return new Branch(elements | bit, branches, inserted(elementIndex(bit), element));
        }
        int index = branchIndex(bit);
        Object below = slots[index];
        return withSlot(
                index,
                shift == LAST_SHIFT
                        ? ((Bucket) below).adding(element)
                        : ((Branch) below).adding(element, hash, shift + BITS));
    }

    Branch replacing(Keyed element, int hash, int shift) {
        int bit = bitOf(hash, shift);
        if ((elements & bit) != 0) {
            int index = elementIndex(bit);
            requireSameKey((Keyed) slots[index], element);
            return withSlot(index, element);
        }
        int index = requiredBranchIndex(bit, element);
        Object below = slots[index];
        return withSlot(
                index,
                shift == LAST_SHIFT
                        ? ((Bucket) below).replacing(element)
                        : ((Branch) below).replacing(element, hash, shift + BITS));
    }

    Branch removing(Keyed element, int hash, int shift) {
        int bit = bitOf(hash, shift);
        if ((elements & bit) != 0) {
            int index = elementIndex(bit);
            requireSameKey((Keyed) slots[index], element);
            return new Branch(elements & ~bit, branches, removed(index));
        }
        int index = requiredBranchIndex(bit, element);
        if (shift == LAST_SHIFT) {
            Bucket bucket = ((Bucket) slots[index]).removing(element);
            return bucket.size() == 1 ? rising(bit, bucket.element()) : withSlot(index, bucket);
        }
        Branch branch = ((Branch) slots[index]).removing(element, hash, shift + BITS);
        // A lone element lives as high as it can, else the shape would remember what was removed.
        return branch.holdsOneElement() ? rising(bit, (Keyed) branch.slots[0]) : withSlot(index, branch);
    }

    private boolean holdsOneElement() {
        return branches == 0 && slots.length == 1;
    }

    /** The smallest structure below {@code shift} that holds two elements which agree in all bits above. */
    private static Object both(Keyed one, int oneHash, Keyed other, int otherHash, int shift) {
        if (shift > LAST_SHIFT) {
            return Bucket.of(one).adding(other);
        }
        int oneBit = bitOf(oneHash, shift);
        int otherBit = bitOf(otherHash, shift);
        if (oneBit == otherBit) {
            return new Branch(0, oneBit, new Object[] {both(one, oneHash, other, otherHash, shift + BITS)});
        }
        // Bit 31 is the sign: only an unsigned comparison agrees with the order of the slots.
        boolean inOrder = Integer.compareUnsigned(oneBit, otherBit) < 0;
        return new Branch(oneBit | otherBit, 0, inOrder ? new Object[] {one, other} : new Object[] {other, one});
    }

    /** The element at {@code bit} gives way to {@code below}, which holds it. */
    private Branch sinking(int bit, Object below) {
        int from = elementIndex(bit);
        int to = Integer.bitCount(elements) - 1 + Integer.bitCount(branches & (bit - 1));
        Object[] moved = new Object[slots.length];
        System.arraycopy(slots, 0, moved, 0, from);
        System.arraycopy(slots, from + 1, moved, from, to - from);
        moved[to] = below;
        System.arraycopy(slots, to + 1, moved, to + 1, slots.length - to - 1);
        return new Branch(elements & ~bit, branches | bit, moved);
    }

    /** What was below {@code bit} has only {@code element} left, which takes its place. */
    private Branch rising(int bit, Keyed element) {
        int from = branchIndex(bit);
        int to = elementIndex(bit);
        Object[] moved = new Object[slots.length];
        System.arraycopy(slots, 0, moved, 0, to);
        moved[to] = element;
        System.arraycopy(slots, to, moved, to + 1, from - to);
        System.arraycopy(slots, from + 1, moved, from + 1, slots.length - from - 1);
        return new Branch(elements | bit, branches & ~bit, moved);
    }

    private int elementIndex(int bit) {
        return Integer.bitCount(elements & (bit - 1));
    }

    private int branchIndex(int bit) {
        return Integer.bitCount(elements) + Integer.bitCount(branches & (bit - 1));
    }

    private int requiredBranchIndex(int bit, Keyed element) {
        if ((branches & bit) == 0) {
            throw new IllegalStateException("'" + element.keyText() + "' is not in the trie");
        }
        return branchIndex(bit);
    }

    private static void requireSameKey(Keyed found, Keyed element) {
        if (!found.isNamedLike(element)) {
            throw new IllegalStateException("'" + element.keyText() + "' is not in the trie");
        }
    }

    private Branch withSlot(int index, Object value) {
        Object[] copy = slots.clone();
        copy[index] = value;
        return new Branch(elements, branches, copy);
    }

    private Object[] inserted(int index, Object value) {
        Object[] grown = new Object[slots.length + 1];
        System.arraycopy(slots, 0, grown, 0, index);
        grown[index] = value;
        System.arraycopy(slots, index, grown, index + 1, slots.length - index);
        return grown;
    }

    private Object[] removed(int index) {
        Object[] shrunk = new Object[slots.length - 1];
        System.arraycopy(slots, 0, shrunk, 0, index);
        System.arraycopy(slots, index + 1, shrunk, index, shrunk.length - index);
        return shrunk;
    }
}
