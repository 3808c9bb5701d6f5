package io.pando.server.core;

import io.pando.datatree.Tree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * The digests of this server's tree at the zxids that its leader has asked about. A question comes before all that is proposed behind the
 * zxid it asks about, so the tree is never past it already; its answer is due when everything up to there is applied. Core thread.
 */
final class Fingerprints {
    private static final int KEPT = 16;

    private final Deque<Long> asked = new ArrayDeque<>();
    private final Deque<Fingerprint> taken = new ArrayDeque<>();

    /** What a tree was like when everything up to a zxid was in it, and nothing else. */
    record Fingerprint(long zxid, long digest) {}

    /** The digest at this zxid is wanted, which the tree has not passed. Of too many questions the oldest are forgotten. */
    void ask(long zxid, Tree tree) {
        if (Long.compareUnsigned(tree.zxid(), zxid) <= 0) {
            asked.add(zxid);
            if (asked.size() > KEPT) {
                asked.remove();
            }
        }
    }

    /** Whether something was asked about what is before the zxid {@code next}. */
    boolean isAskedBefore(long next) {
        return !asked.isEmpty() && Long.compareUnsigned(asked.element(), next) < 0;
    }

    /**
     * The tree is about to change.
     *
     * @param next the first zxid that is not in it yet
     * @return what was asked about before that
     */
    List<Fingerprint> passing(long next, Tree tree) {
        List<Fingerprint> reached = new ArrayList<>();
        while (isAskedBefore(next)) {
            reached.add(new Fingerprint(asked.remove(), tree.digest()));
        }
        taken.addAll(reached);
        while (taken.size() > KEPT) {
            taken.remove();
        }
        return reached;
    }

    /** The digest that was taken at this zxid; empty if none was, or too long ago. */
    OptionalLong at(long zxid) {
        return taken.stream()
                .filter(fingerprint -> fingerprint.zxid == zxid)
                .mapToLong(Fingerprint::digest)
                .findFirst();
    }

    /** Whoever has asked is gone, or the tree is another one: no answer is due any more. */
    void forget() {
        asked.clear();
        taken.clear();
    }
}
