package io.pando.server.connection;

import io.netty.buffer.ByteBuf;
import io.pando.datatree.Id;
import io.pando.server.core.Client;
import io.pando.server.core.Outbound;
import io.pando.server.core.Session;
import io.pando.server.figures.ConnectionFigures;
import io.pando.server.figures.Turn;
import io.pando.server.socket.ClientSocket;
import io.pando.server.watch.Notification;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: first stop of every request and last of every reply.
 *
 * <p>Its {@link Reception} hears the greeting and asks for a session; from then on it cuts what arrives into frames, which
 * {@link Attached} and its {@link RequestFlow} answer, and stops reading ({@link Intake}) when they or the client can't follow. What the core
 * has for the client comes through the {@link Outbox}, which is looked into when the core says so, and before anything is
 * answered from a newer tree. Confined to its event loop, but for the outbox, the identities and the figures.
 */
final class ClientConnection implements Client, OpenConnection, ServingLoop.Served, ClientSocket.Listener {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    /** A client that lets so many bytes of events lie is cut off: by reconnecting it misses nothing. */
    private static final long MAX_UNSENT_BYTES = 16 << 20;

    private final ClientServices services;
    private final ClientSocket socket;
    private final ClientAddress address;
    private final int remotePort;
    private final Identities identities;
    private final Outgoing out;
    private final long openedMs;
    private final ConnectionFigures figures = new ConnectionFigures();
    private final ServingLoop.Place place;
    private final Turn turn;
    private final Outbox outbox = new Outbox();
    private final Intake intake;

    private volatile @Nullable Session session; // written by the event loop, once; read by four-letter words
    private Phase phase = Phase.GREETING;
    private boolean gone; // the socket is closed
    private @Nullable Reception reception; // until there is a session
    private @Nullable Attached attached; // from then on
    private long nowNanos;

    private enum Phase {
        GREETING,
        ATTACHING,
        ATTACHED,
        CLOSING
    }

    ClientConnection(ClientServices services, ClientSocket socket, ClientAddress address, int remotePort) {
        this.services = services;
        this.openedMs = services.clock().wallMs();
        this.socket = socket;
        this.address = address;
        this.remotePort = remotePort;
        ServingLoop loop = services.loops().of(socket.loop());
        this.place = loop.placeOf(this);
        this.turn = loop.turn();
        this.out = new Outgoing(socket, turn, services.backlog(), place);
        this.intake = new Intake(socket, place, this);
        this.reception = new Reception(services, this, socket, out);
        this.identities = new Identities(services.access(), services.rules().requiredSchemes(), address);
    }

    // What comes from the client.

    @Override
    public void opened() {
        services.connections().add(this);
        reception().begin();
    }

    @Override
    public void received(ByteBuf in) {
        nowNanos = services.clock().nanoTime();
        Session mine = session;
        if (mine != null) {
            mine.heardAt(TimeUnit.NANOSECONDS.toMillis(nowNanos));
        }
        int before;
        do {
            before = in.readableBytes();
            take(in);
        } while (in.isReadable() && in.readableBytes() < before);
    }

    private void take(ByteBuf in) {
        try {
            switch (phase) {
                case GREETING -> reception().greet(in);
                case ATTACHED -> takeRequests(in);
                case ATTACHING -> intake.pause(); // until the session is settled
                case CLOSING -> in.skipBytes(in.readableBytes());
            }
        } catch (MarshallingException e) {
            log.info("Closing the connection of {}: {}", remote(), e.getMessage());
            in.skipBytes(in.readableBytes());
            closeAfterFlush();
        }
    }

    /** The client has said all that it may say. */
    void hearNoMore() {
        phase = Phase.CLOSING;
    }

    /** The core was asked for a session. What the client says before that is there has to wait; most say nothing. */
    void awaitSession() {
        phase = Phase.ATTACHING;
    }

    private void takeRequests(ByteBuf in) throws MarshallingException {
        for (int taken = 0; phase == Phase.ATTACHED; taken++) {
            if (intake.awaitsTurn() || !out.takesMore() || attached().isBusy()) {
                intake.pause();
                return;
            }
            if (taken == Intake.MOST_REQUESTS_AT_ONCE) {
                intake.awaitTurn();
                return;
            }
            int start = in.readerIndex();
            int end = Frames.completeAt(in, services.rules().maxFrameBytes());
            if (end == Frames.INCOMPLETE) {
                return;
            }
            in.skipBytes(Frames.LENGTH_BYTES);
            if (!attached().take(in, end)) {
                in.readerIndex(start);
                intake.pause();
                intake.lookAgainSoon();
                return;
            }
            in.readerIndex(end);
            intake.taken();
        }
    }

    private Reception reception() {
        if (reception == null) {
            throw new IllegalStateException("There is a session already");
        }
        return reception;
    }

    private Attached attached() {
        if (attached == null) {
            throw new IllegalStateException("No session is attached");
        }
        return attached;
    }

    // What goes to the client.

    @Override
    public void send(Outbound outbound) {
        outbox.add(outbound);
        place.note();
    }

    @Override
    public void tell(Notification event) {
        send(new Outbound.Event(event));
    }

    @Override
    public void lookIntoOutbox() {
        try {
            nowNanos = services.clock().nanoTime();
            tellUpTo(services.publication().root().zxid());
            endTurn();
            resumeReading();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /**
     * Gathers, in the order in which it happened, what the client is to be told up to a published zxid; or keeps it, while
     * the client doesn't take the replies that come before it.
     */
    void tellUpTo(long zxid) {
        while (!isHeldUp()) {
            Outbound next = outbox.takeUpTo(zxid);
            if (next == null) {
                return;
            }
            if (phase != Phase.CLOSING) {
                tell(next);
            } else if (next instanceof Outbound.Attached late) {
                giveBack(late.session());
            }
        }
        if (outbox.keepUpTo(zxid)) {
            drop();
        } else {
            limitUnsentEvents();
        }
    }

    private boolean isHeldUp() {
        return attached != null && phase == Phase.ATTACHED && attached.flow().isHeldUp();
    }

    private void tell(Outbound outbound) {
        switch (outbound) {
            case Outbound.Event event -> {
                out.event(event.event());
                limitUnsentEvents();
            }
            case Outbound.WriteReply reply -> attached().flow().answered(reply);
            case Outbound.Synced synced -> attached().flow().synced(synced);
            case Outbound.Refused refused -> attached().flow().refused(refused);
            case Outbound.Ended ended -> attached().flow().ended(ended);
            case Outbound.Attached accepted -> attach(accepted);
            case Outbound.Rejected rejected -> reception().reject();
            case Outbound.Dropped dropped -> drop();
        }
    }

    private void limitUnsentEvents() {
        if (out.unsentBytes() + outbox.keptEventBytes() > MAX_UNSENT_BYTES) {
            log.warn("Closing the connection of {}: it doesn't take the events of its watches", remote());
            phase = Phase.CLOSING;
            socket.close();
        }
    }

    /** The session has no use for this connection any more: whether the client reads what is left is not waited for. */
    private void drop() {
        phase = Phase.CLOSING;
        out.sendWhatIsTaken();
        socket.close();
    }

    private void attach(Outbound.Attached accepted) {
        Session mine = accepted.session();
        session = mine;
        attached = new Attached(services, this, identities, out, turn, mine);
        reception().accept(accepted);
        reception = null;
        phase = Phase.ATTACHED;
    }

    /** The client is leaving, and was never told that it has a session here: the core must not take it for attached. */
    private void giveBack(Session given) {
        session = given;
        if (gone) {
            bidFarewell();
        }
    }

    void closeAfterFlush() {
        phase = Phase.CLOSING;
        out.flushAndClose();
    }

    private void endTurn() {
        out.flush();
        count();
    }

    private void count() {
        if (!turn.isEmpty()) {
            turn.end(figures, services.figures(), nowNanos, services.clock().nanoTime());
        }
    }

    // Back-pressure and the end.

    private void resumeReading() {
        if (intake.isPaused() && phase != Phase.ATTACHING && !intake.awaitsTurn()) {
            intake.resume();
        }
    }

    @Override
    public void onTurn() {
        intake.hasTurn();
        try {
            nowNanos = services.clock().nanoTime();
            out.sendPiece();
        } catch (RuntimeException e) {
            failed(e);
        }
        goOn();
    }

    /** The core had no room for what is held back here. */
    void lookAgainSoon() {
        intake.lookAgainSoon();
    }

    /** The core may have room again, or the client takes replies again. */
    void goOn() {
        try {
            nowNanos = services.clock().nanoTime();
            out.goOn();
            if (phase == Phase.ATTACHED) {
                attached().flow().proceed(services.publication().root());
            }
        } catch (RuntimeException e) {
            failed(e);
        }
        lookIntoOutbox();
    }

    @Override
    public void readEnded() {
        endTurn();
    }

    @Override
    public void takesMore() {
        goOn();
    }

    @Override
    public void closed() {
        phase = Phase.CLOSING;
        if (reception != null) {
            reception.liftSilenceLimit();
        }
        out.discard();
        services.connections().remove(this);
        services.limits().release(address);
        gone = true;
        bidFarewell();
    }

    private void bidFarewell() {
        new Farewell(services, socket, this, session).begin();
    }

    /** What goes wrong here must not harm other connections of the event loop: only this one is closed. */
    @Override
    public void failed(Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("Connection of {} broke: {}", remote(), cause.toString());
        } else {
            log.error("Closing the connection of {}: this server made a mistake", remote(), cause);
        }
        phase = Phase.CLOSING;
        count();
        socket.close();
    }

    // What others ask about it.

    @Override
    public List<Id> identities() {
        return identities.all();
    }

    /** When the bytes that are being looked at arrived, or the outbox was looked into. */
    long nowNanos() {
        return nowNanos;
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(address.ip(), remotePort);
    }

    @Override
    public int timeoutMs() {
        Session mine = session;
        return mine == null ? 0 : mine.timeoutMs();
    }

    @Override
    public long openedMs() {
        return openedMs;
    }

    @Override
    public ConnectionFigures figures() {
        return figures;
    }

    @Override
    public long unsentBytes() {
        return out.unsentBytes();
    }

    @Override
    public List<byte[]> borrowed() {
        return out.borrowed();
    }

    @Override
    public void close() {
        socket.close();
    }

    @Override
    public void giveUp() {
        log.warn(
                "Closing the connection of {}: it doesn't take what it has asked for, {} bytes",
                remote(),
                unsentBytes());
        socket.close();
    }

    @Override
    public long sessionId() {
        Session mine = session;
        return mine == null ? 0 : mine.id();
    }
}
