package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The parent is ephemeral, and can have no children. */
public final class NoChildrenForEphemeralsException extends PandoException {
    public NoChildrenForEphemeralsException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.NO_CHILDREN_FOR_EPHEMERALS,
                Retry.POINTLESS,
                "the parent is ephemeral, and can have no children.");
    }
}
