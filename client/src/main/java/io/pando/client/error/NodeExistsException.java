package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** There already is a znode of that path. */
public final class NodeExistsException extends PandoException {
    public NodeExistsException(String operation, String path) {
        super(operation, path, ErrorCode.NODE_EXISTS, Retry.POINTLESS, "the znode exists already.");
    }
}
