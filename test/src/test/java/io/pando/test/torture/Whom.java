package io.pando.test.torture;

/**
 * Who is meant, before it is known which server that will be.
 *
 * @param draw decides among several, as does the seed
 */
record Whom(Rank rank, int draw) {
    enum Rank {
        LEADER,
        FOLLOWER
    }

    @Override
    public String toString() {
        return rank == Rank.LEADER ? "the leader" : "a follower";
    }
}
