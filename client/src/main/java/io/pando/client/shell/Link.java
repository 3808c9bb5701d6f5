package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.PandoBuilder;
import io.pando.client.ServerList;
import io.pando.client.error.PandoException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The client that commands use: opened when somebody first asks, closed by a command, opened again by another. Used by one thread. */
final class Link implements AutoCloseable {
    private final UnaryOperator<PandoBuilder> settings;
    private final Duration patience;
    private ServerList servers;
    private @Nullable Pando pando;

    /**
     * Connects nowhere yet.
     *
     * @param settings all but the servers
     * @param patience how long to look for a server
     */
    Link(ServerList servers, UnaryOperator<PandoBuilder> settings, Duration patience) {
        this.servers = servers;
        this.settings = settings;
        this.patience = patience;
    }

    /**
     * The client, connected for the first time if it was not yet.
     *
     * @throws UnreachableException when no server takes it in
     */
    Pando pando() throws InterruptedException {
        if (pando == null) {
            Pando opened = settings.apply(Pando.connect(servers)).open();
            try {
                opened.awaitConnected(patience);
            } catch (PandoException nobody) {
                opened.close();
                throw new UnreachableException(servers, nobody);
            }
            pando = opened;
        }
        return pando;
    }

    /** The client if there is one. */
    @Nullable
    Pando openOrNull() {
        return pando;
    }

    ServerList servers() {
        return servers;
    }

    /** Goes on with other servers, under another session. */
    void moveTo(ServerList others) {
        close();
        servers = others;
    }

    /** Ends the session; whoever asks next begins another. */
    @Override
    public void close() {
        if (pando != null) {
            pando.close();
            pando = null;
        }
    }
}
