package io.pando.datatree.encoding;

/** Bytes that should be a txn are none: they are damaged, or of a format that this version does not know. */
public final class MalformedTxnException extends RuntimeException {
    public MalformedTxnException(String message) {
        super(message);
    }

    MalformedTxnException(String message, Throwable cause) {
        super(message, cause);
    }
}
