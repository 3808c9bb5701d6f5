package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/**
 * A write was sent, no answer came, and the tree does not tell whether it was carried out. It may have been, and if the
 * connection is still open it may yet be. {@link #reason()} says why no answer came.
 */
public final class UnknownOutcomeException extends PandoException {
    private final Reason reason;

    public UnknownOutcomeException(String operation, String path, Reason reason) {
        super(
                operation,
                path,
                ErrorCode.CONNECTION_LOSS,
                Retry.OUTCOME_UNKNOWN,
                reason.text + "; whether it was carried out is not known.");
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why no answer came. */
    public enum Reason {
        CONNECTION_LOST("the connection was lost before the answer came"),
        SESSION_LOST("the session was lost before the answer came"),
        TIMED_OUT("no answer came within the request timeout"),
        CLOSED("the client was closed before the answer came");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
