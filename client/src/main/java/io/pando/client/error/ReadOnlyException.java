package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** A write reached a server without a quorum, which only reads. */
public final class ReadOnlyException extends PandoException {
    public ReadOnlyException(String operation, String path) {
        super(operation, path, ErrorCode.NOT_READ_ONLY, Retry.SAFE, "the server has no quorum, and only reads.");
    }
}
