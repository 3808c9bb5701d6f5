package io.pando.recipes.fencing;

import io.pando.client.call.Transaction;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.TransactionFailedException;

/**
 * Proof of a lock, a lease or a leadership, which whoever is asked to act can check.
 *
 * <p>The number is the zxid in which the holder's znode was created. All changes of an ensemble are in one order, and zxids are the
 * numbers of that order, so of two holders the later has the higher number: even when the path was deleted and made anew in between, and
 * also if the later one holds it by Curator. Those who hold something together, as readers do, have different numbers that say nothing
 * about who came later to what they share. After a restore of an older backup the order begins anew, from where the backup ends.
 *
 * @param number only grows from one holder to the next; positive
 * @param path of the holder's znode. It is never used again, and exists as long as the token is current
 * @param sessionId of the session with which that znode goes
 */
public record FencingToken(long number, String path, long sessionId) implements Comparable<FencingToken> {
    /**
     * Lets a transaction succeed only while this token is current: it is to fail with all its operations if the holder's session has
     * ended, or the holder has released what it held, by the moment in which it is carried out.
     *
     * @param transaction of a client with the same chroot; the check is added behind what it has so far
     * @return the same transaction
     */
    public Transaction guard(Transaction transaction) {
        return transaction.check(path);
    }

    /** Whether a guarded transaction was refused because this token is not current any more, and not for another reason. */
    public boolean isRefusedBy(TransactionFailedException refusal) {
        return refusal.failure() instanceof NoNodeException missing
                && missing.path().equals(path);
    }

    /** By number: later holders are greater. */
    @Override
    public int compareTo(FencingToken other) {
        return Long.compare(number, other.number);
    }

    /** The number as zxids are printed, and the path. */
    @Override
    public String toString() {
        return "0x" + Long.toHexString(number) + " of " + path;
    }
}
