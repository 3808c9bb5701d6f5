package io.pando.server.core;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * The digests that servers have at one zxid, as they come in, and what follows from them: what a quorum has is right. So whoever is wrong
 * can do without its data, because those who are right are enough to know everything that was ever committed; and where no quorum
 * agrees, nobody is right.
 */
final class Comparison {
    private final long zxid;
    private final TreeMap<Long, Long> digests = new TreeMap<>();

    Comparison(long zxid) {
        this.zxid = zxid;
    }

    long zxid() {
        return zxid;
    }

    void has(long serverId, long digest) {
        digests.put(serverId, digest);
    }

    OptionalLong of(long serverId) {
        Long digest = digests.get(serverId);
        return digest == null ? OptionalLong.empty() : OptionalLong.of(digest);
    }

    /**
     * The digest that is right; empty while none is known to be.
     *
     * @param isQuorum whether the servers for which the answer is yes are one; only the voices of voters count
     */
    OptionalLong right(Predicate<LongPredicate> isQuorum) {
        return digests.values().stream()
                .distinct()
                .filter(digest -> isQuorum.test(id -> digest.equals(digests.get(id))))
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Those who have said that they have another digest than this, by their ids. */
    List<Long> othersThan(long digest) {
        List<Long> others = new ArrayList<>();
        digests.forEach((id, its) -> {
            if (its != digest) {
                others.add(id);
            }
        });
        return others;
    }
}
