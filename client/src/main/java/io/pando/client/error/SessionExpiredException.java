package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The session ended before the request was carried out. What it would have done was not done; an ephemeral that it may still have made is gone with the session. */
public final class SessionExpiredException extends PandoException {
    public SessionExpiredException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.SESSION_EXPIRED,
                Retry.SAFE,
                "the session has ended, and the request was not carried out.");
    }
}
