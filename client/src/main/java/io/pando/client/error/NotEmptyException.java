package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The znode has children, and is not deleted before they are. */
public final class NotEmptyException extends PandoException {
    public NotEmptyException(String operation, String path) {
        super(operation, path, ErrorCode.NOT_EMPTY, Retry.POINTLESS, "the znode has children.");
    }
}
