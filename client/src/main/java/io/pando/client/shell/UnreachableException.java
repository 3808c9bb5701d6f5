package io.pando.client.shell;

import io.pando.client.ServerList;
import io.pando.client.connection.TriedServer;
import io.pando.client.error.NoServerException;
import io.pando.client.error.PandoException;
import java.util.stream.Collectors;

/** No server took the shell in; the message says where it looked, and what it met there. */
final class UnreachableException extends RuntimeException {
    UnreachableException(ServerList servers, PandoException reason) {
        super("No server answers at " + servers + ": " + describe(reason), reason);
    }

    private static String describe(PandoException reason) {
        return reason instanceof NoServerException none && !none.tried().isEmpty()
                ? none.tried().stream().map(TriedServer::toString).collect(Collectors.joining("; ", "", "."))
                : String.valueOf(reason.getMessage());
    }
}
