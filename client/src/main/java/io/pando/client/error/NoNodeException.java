package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The znode does not exist, or, for a create, its parent does not. */
public final class NoNodeException extends PandoException {
    public NoNodeException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.NO_NODE,
                Retry.POINTLESS,
                "there is no such znode; for a create, no such parent.");
    }
}
