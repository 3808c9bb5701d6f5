package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.pando.server.core.Outbound;
import io.pando.server.core.Session;
import io.pando.server.socket.ClientSocket;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.wire.MarshallingException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a connection: its first bytes are a four-letter command, which is answered, or a handshake, for which the
 * core is asked for a session ({@code wire-protocol.md} section 5). Event loop of the connection.
 */
final class Reception {
    private static final Logger log = LoggerFactory.getLogger(Reception.class);

    /** Whoever connects has something to say soon; the others would only hold a place. */
    private static final int PATIENCE_SECONDS = 10;

    private static final int RETRY_MS = 1;

    private final ClientServices services;
    private final ClientConnection connection;
    private final ClientSocket socket;
    private final Outgoing out;
    private @Nullable Future<?> silenceLimit;
    private @Nullable ConnectRequest handshake;

    Reception(ClientServices services, ClientConnection connection, ClientSocket socket, Outgoing out) {
        this.services = services;
        this.connection = connection;
        this.socket = socket;
        this.out = out;
    }

    /** The connection is open: from now on it may not be silent for long. */
    void begin() {
        silenceLimit = socket.loop().schedule(this::endSilence, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void endSilence() {
        log.info("Closing the connection of {}: it said nothing for {} s", connection.remote(), PATIENCE_SECONDS);
        socket.close();
    }

    /** The client has said something, or is gone. */
    void liftSilenceLimit() {
        if (silenceLimit != null) {
            silenceLimit.cancel(false);
            silenceLimit = null;
        }
    }

    /** Takes the greeting that {@code in} begins with, if it is whole. */
    void greet(ByteBuf in) throws MarshallingException {
        switch (Greeting.take(in, services.fourLetterWords(), services.rules().maxFrameBytes())) {
            case Greeting.Incomplete incomplete -> {
                return;
            }
            case Greeting.Command command -> obey(command);
            case Greeting.Handshake shake -> shakeHands(shake.request());
        }
        liftSilenceLimit();
    }

    private void obey(Greeting.Command command) {
        connection.hearNoMore();
        services.askers().ask(command, socket, out);
    }

    private void shakeHands(ConnectRequest request) {
        long applied = services.publication().root().zxid();
        if (request.lastZxidSeen() > applied) {
            log.info(
                    "Refusing {}: it has seen zxid 0x{}, this server only 0x{}; it must try another server",
                    connection.remote(),
                    Long.toHexString(request.lastZxidSeen()),
                    Long.toHexString(applied));
            connection.closeAfterFlush();
            return;
        }
        services.figures().handshake();
        handshake = request;
        connection.awaitSession();
        ask(request);
    }

    private void ask(ConnectRequest request) {
        // To who is gone it would be given behind the news of that, and taken from where the client came back.
        if (socket.isOpen() && !services.core().attach(connection, request)) {
            socket.loop().schedule(() -> ask(request), RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** The core has given the session that was asked for. */
    void accept(Outbound.Attached given) {
        Session session = given.session();
        out.handshake(ConnectResponse.accepted(
                takeHandshake(), session.timeoutMs(), session.id(), given.password(), session.isLocal()));
    }

    /** The core has no such session. */
    void reject() {
        out.handshake(ConnectResponse.refused(takeHandshake(), false));
        connection.closeAfterFlush();
    }

    /** It is answered once, and then not kept as long as the connection lasts. */
    private ConnectRequest takeHandshake() {
        ConnectRequest taken = handshake;
        if (taken == null) {
            throw new IllegalStateException("No handshake was made");
        }
        handshake = null;
        return taken;
    }
}
