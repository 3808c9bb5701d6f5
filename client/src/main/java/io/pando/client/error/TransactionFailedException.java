package io.pando.client.error;

/**
 * One operation of a transaction was refused, and so none was carried out. {@link #index()} and {@link #failure()} say which and
 * why; the failure is also the cause.
 */
public final class TransactionFailedException extends PandoException {
    private final int index;
    private final PandoException failure;

    public TransactionFailedException(int index, PandoException failure) {
        super(
                "transaction",
                failure.path(),
                failure.code(),
                failure.retry(),
                "operation " + index + " failed, and none was carried out: " + failure.getMessage());
        this.index = index;
        this.failure = failure;
        initCause(failure);
    }

    /** Of the operation that was refused, counted from 0 in the order in which they were added. */
    public int index() {
        return index;
    }

    /** Why it was. */
    public PandoException failure() {
        return failure;
    }
}
