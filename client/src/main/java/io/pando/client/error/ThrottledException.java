package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The request waited so long at an overloaded server that it was not carried out. */
public final class ThrottledException extends PandoException {
    public ThrottledException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.THROTTLED_OP,
                Retry.SAFE,
                "the server is overloaded, and did not carry it out.");
    }
}
