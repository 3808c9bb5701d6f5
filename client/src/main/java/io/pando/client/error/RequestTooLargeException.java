package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The request is larger than a server takes. It was not sent. */
public final class RequestTooLargeException extends PandoException {
    public RequestTooLargeException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.MARSHALLING_ERROR,
                Retry.POINTLESS,
                "the request is larger than a server takes; it was not sent.");
    }
}
