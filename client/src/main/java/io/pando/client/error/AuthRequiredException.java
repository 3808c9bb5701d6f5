package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The server serves only clients that have proven who they are. */
public final class AuthRequiredException extends PandoException {
    public AuthRequiredException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.SESSION_CLOSED_REQUIRE_SASL_AUTH,
                Retry.POINTLESS,
                "the server serves only clients that have proven who they are.");
    }
}
