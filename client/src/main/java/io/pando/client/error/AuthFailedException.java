package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The server does not accept an identity. The client goes on without it. */
public final class AuthFailedException extends PandoException {
    public AuthFailedException(String operation, String path) {
        super(operation, path, ErrorCode.AUTH_FAILED, Retry.POINTLESS, "the server does not accept this identity.");
    }
}
