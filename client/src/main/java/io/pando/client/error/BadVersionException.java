package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The znode has another version than the request was made for: somebody changed it in between. */
public final class BadVersionException extends PandoException {
    public BadVersionException(String operation, String path) {
        super(operation, path, ErrorCode.BAD_VERSION, Retry.POINTLESS, "the znode has another version; read it again.");
    }
}
