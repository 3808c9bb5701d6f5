package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** No answer came within the request timeout, and nothing was changed: it was a read, or it was never sent. */
public final class RequestTimeoutException extends PandoException {
    public RequestTimeoutException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.REQUEST_TIMEOUT,
                Retry.SAFE,
                "no answer came within the request timeout; nothing was changed.");
    }
}
