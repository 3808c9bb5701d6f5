package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** Too many requests of this client are waiting for their answers already. It was not sent. */
public final class OverloadedException extends PandoException {
    public OverloadedException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.THROTTLED_OP,
                Retry.SAFE,
                "too many requests are waiting for their answers already; it was not sent.");
    }
}
