package io.pando.client.error;

import io.pando.client.connection.TriedServer;
import io.pando.datatree.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** No server opened or continued a session in the time that was given. The client goes on looking for one. */
public final class NoServerException extends PandoException {
    private final List<TriedServer> tried;

    public NoServerException(Duration patience, List<TriedServer> tried) {
        super(
                "connect",
                "",
                ErrorCode.CONNECTION_LOSS,
                Retry.SAFE,
                "no server opened or continued a session within " + patience.toMillis() + " ms. " + describe(tried));
        this.tried = List.copyOf(tried);
    }

    private static String describe(List<TriedServer> tried) {
        return tried.isEmpty()
                ? "None was tried yet."
                : tried.stream().map(TriedServer::toString).collect(Collectors.joining("; ", "", "."));
    }

    /** What came of each server that was tried since there was a connection last; the latest at the end. */
    public List<TriedServer> tried() {
        return tried;
    }
}
