package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The answer is larger than this client is set to take. */
public final class ReplyTooLargeException extends PandoException {
    public ReplyTooLargeException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.MARSHALLING_ERROR,
                Retry.POINTLESS,
                "the answer is larger than this client is set to take.");
    }
}
