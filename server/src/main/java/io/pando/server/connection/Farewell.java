package io.pando.server.connection;

import io.pando.server.core.Session;
import io.pando.server.socket.ClientSocket;
import io.pando.server.watch.WatchTable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is left to do for a connection that has ended: its watches are forgotten, and the core hears that it is gone. Its event loop. */
final class Farewell {
    /** The core and other event loops wait for the table meanwhile. */
    private static final int WATCHES_FORGOTTEN_AT_ONCE = 1_000;

    private static final int RETRY_MS = 1;

    private final ClientServices services;
    private final ClientSocket socket;
    private final ClientConnection gone;
    private final @Nullable Session session;

    Farewell(ClientServices services, ClientSocket socket, ClientConnection gone, @Nullable Session session) {
        this.services = services;
        this.socket = socket;
        this.gone = gone;
        this.session = session;
    }

    void begin() {
        forgetWatches(services.publication().watching((root, watches) -> watches.depart(gone)));
        tellCore();
    }

    private void forgetWatches(WatchTable.Departure departure) {
        if (services.publication().watching((root, watches) -> departure.goOn(WATCHES_FORGOTTEN_AT_ONCE))) {
            socket.loop().execute(() -> forgetWatches(departure));
        }
    }

    private void tellCore() {
        if (!services.core().disconnected(gone, session)) {
            socket.loop().schedule(this::tellCore, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }
}
