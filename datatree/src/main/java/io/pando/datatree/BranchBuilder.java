package io.pando.datatree;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Builds the inside of a {@link Trie} from all its elements at once: each level deals them out to its 32 places, as a
 * radix sort would, so that no branch is ever copied. Used once for the children of each znode of a restored snapshot.
 */
final class BranchBuilder {
    private BranchBuilder() {}

    /** Reorders {@code elements}, whose keys have to differ. */
    static Branch branchOf(Keyed[] elements) {
        return branchOf(elements, new Keyed[elements.length], 0, elements.length, 0);
    }

    private static Branch branchOf(Keyed[] elements, Keyed[] spare, int from, int to, int shift) {
        int[] ends = deal(elements, spare, from, to, shift);
        int elementBits = 0;
        int branchBits = 0;
        for (int place = 0; place < 32; place++) {
            int count = ends[place] - start(ends, place, from);
            elementBits |= count == 1 ? 1 << place : 0;
            branchBits |= count > 1 ? 1 << place : 0;
        }
        Object[] slots = new Object[Integer.bitCount(elementBits) + Integer.bitCount(branchBits)];
        int nextElement = 0;
        int nextBranch = Integer.bitCount(elementBits);
        for (int place = 0; place < 32; place++) {
            int start = start(ends, place, from);
            int count = ends[place] - start;
            if (count == 1) {
                slots[nextElement++] = spare[start];
            } else if (count > 1) {
                slots[nextBranch++] = shift == Branch.LAST_SHIFT
                        ? bucketOf(spare, start, ends[place])
                        : branchOf(spare, elements, start, ends[place], shift + Branch.BITS);
            }
        }
        return new Branch(elementBits, branchBits, slots);
    }

    /** Moves the elements to {@code dealt}, ordered by place, and returns where each place ends there. */
    private static int[] deal(Keyed[] elements, Keyed[] dealt, int from, int to, int shift) {
        int[] next = new int[32];
        for (int i = from; i < to; i++) {
            next[place(elements[i], shift)]++;
        }
        int start = from;
        for (int place = 0; place < 32; place++) {
            int count = next[place];
            next[place] = start;
            start += count;
        }
        for (int i = from; i < to; i++) {
            dealt[next[place(elements[i], shift)]++] = elements[i];
        }
        return next;
    }

    private static int start(int[] ends, int place, int from) {
        return place == 0 ? from : ends[place - 1];
    }

    private static int place(Keyed element, int shift) {
        return (element.keyHash() >>> shift) & 31;
    }

    private static Bucket bucketOf(Keyed[] elements, int from, int to) {
        Arrays.sort(elements, from, to, Comparator.comparing(Keyed::key));
        Bucket bucket = Bucket.of(elements[from]);
        for (int i = from + 1; i < to; i++) {
            bucket = bucket.adding(elements[i]);
        }
        return bucket;
    }
}
