package io.pando.datatree;

/**
 * A txn contradicts the tree that it should change. A txn holds effects that were decided against this very tree, so this
 * means that the state or the log is not what it should be; a server must not go on from here.
 */
public final class TxnDoesNotApplyException extends RuntimeException {
    public TxnDoesNotApplyException(long zxid, Txn txn, String reason) {
        super("Txn 0x" + Long.toHexString(zxid) + " does not apply: " + reason + ", in " + txn);
    }
}
