package io.pando.datatree;

import java.util.Arrays;

/**
 * Builds the inside of a {@link Trie} from all its elements at once: each level deals them out to its 32 places, as a
 * radix sort would, so that no branch is ever copied. Used once for the children of each znode of a restored snapshot.
 */
final class BranchBuilder {
    private BranchBuilder() {}

    /** Reorders {@code elements}, whose keys have to differ. */
    static Branch branchOf(Keyed[] elements) {
        int[] hashes = new int[elements.length];
        Arrays.setAll(hashes, i -> elements[i].keyHash());
        Hand spare = new Hand(new Keyed[elements.length], new int[elements.length]);
        return branchOf(new Hand(elements, hashes), spare, 0, elements.length, 0);
    }

    private static Branch branchOf(Hand hand, Hand spare, int from, int to, int shift) {
        int[] ends = deal(hand, spare, from, to, shift);
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
                slots[nextElement++] = spare.elements[start];
            } else if (count > 1) {
                slots[nextBranch++] = shift == Branch.LAST_SHIFT
                        ? bucketOf(spare.elements, start, ends[place])
                        : branchOf(spare, hand, start, ends[place], shift + Branch.BITS);
            }
        }
        return new Branch(elementBits, branchBits, slots);
    }

    /** Moves the elements to {@code dealt}, ordered by place, and returns where each place ends there. */
    private static int[] deal(Hand hand, Hand dealt, int from, int to, int shift) {
        int[] next = new int[32];
        for (int i = from; i < to; i++) {
            next[hand.place(i, shift)]++;
        }
        int start = from;
        for (int place = 0; place < 32; place++) {
            int count = next[place];
            next[place] = start;
            start += count;
        }
        for (int i = from; i < to; i++) {
            int at = next[hand.place(i, shift)]++;
            dealt.elements[at] = hand.elements[i];
            dealt.hashes[at] = hand.hashes[i];
        }
        return next;
    }

    private static int start(int[] ends, int place, int from) {
        return place == 0 ? from : ends[place - 1];
    }

    private static Bucket bucketOf(Keyed[] elements, int from, int to) {
        Arrays.sort(elements, from, to, Keyed::compare);
        Bucket bucket = Bucket.of(elements[from]);
        for (int i = from + 1; i < to; i++) {
            bucket = bucket.adding(elements[i]);
        }
        return bucket;
    }

    /** Elements, and the hash of each, which would else be made anew on every level. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Hand(Keyed[] elements, int[] hashes) {
        int place(int index, int shift) {
            return (hashes[index] >>> shift) & 31;
        }
    }
}
