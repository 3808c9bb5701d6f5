package io.pando.client.shell;

import io.pando.client.ServerList;
import io.pando.client.error.PandoException;

/** No server took the shell in; the message says where it looked. */
final class UnreachableException extends RuntimeException {
    UnreachableException(ServerList servers, PandoException reason) {
        super("No server answers at " + servers + ": " + reason.getMessage(), reason);
    }
}
