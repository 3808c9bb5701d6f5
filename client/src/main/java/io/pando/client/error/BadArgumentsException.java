package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** The server finds the request itself wrong: its path, flags or time to live. */
public final class BadArgumentsException extends PandoException {
    public BadArgumentsException(String operation, String path) {
        super(
                operation,
                path,
                ErrorCode.BAD_ARGUMENTS,
                Retry.POINTLESS,
                "the server finds the path, the flags or the time to live wrong.");
    }
}
