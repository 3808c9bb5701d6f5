package io.pando.client.error;

import io.pando.datatree.ErrorCode;

/** There is no such watch. */
public final class NoWatcherException extends PandoException {
    public NoWatcherException(String operation, String path) {
        super(operation, path, ErrorCode.NO_WATCHER, Retry.POINTLESS, "there is no such watch.");
    }
}
