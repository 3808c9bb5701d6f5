package io.pando.zab.model;

/**
 * Whom a server wants to lead: the one with the most recent history, and among equals the highest id (design: zab.md section 3.1).
 *
 * @param zxid how far the history of the proposed leader goes
 */
public record Vote(long zxid, long leader) implements Comparable<Vote> {

    /** The vote of a server that does not propose itself: below every other. */
    public static final Vote NONE = new Vote(Zxid.NONE, -1);

    @Override
    public int compareTo(Vote other) {
        int byZxid = Long.compareUnsigned(zxid, other.zxid);
        return byZxid != 0 ? byZxid : Long.compare(leader, other.leader);
    }

    public boolean isAbove(Vote other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return equals(NONE) ? "nobody" : "server " + leader + " at " + Zxid.toString(zxid);
    }
}
