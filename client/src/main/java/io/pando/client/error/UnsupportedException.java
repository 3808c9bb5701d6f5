package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The server does not know such a request, or has it switched off. */
public final class UnsupportedException extends PandoException {
    public UnsupportedException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.UNIMPLEMENTED,
                Retry.POINTLESS,
                "the server does not know such a request, or has it switched off.");
    }
}
