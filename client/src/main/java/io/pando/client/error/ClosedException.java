package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The client is closed. The request was not carried out. */
public final class ClosedException extends PandoException {
    public ClosedException(String operation, String path) {
        super(operation, path, ErrorCode.CLOSING, Retry.POINTLESS, "the client is closed.");
    }
}
