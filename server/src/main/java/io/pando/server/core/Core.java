package io.pando.server.core;

import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.auth.AccessControl;
import io.pando.server.figures.ServerFigures;
import io.pando.server.request.Preparation;
import io.pando.server.watch.Publication;
import io.pando.session.ConnectRequest;
import io.pando.session.WriteRequest;
import io.pando.session.lifetime.SessionIds;
import io.pando.zab.core.RoleView;
import io.pando.zab.runtime.Clock;
import io.pando.zab.runtime.StateMachine;
import io.pando.zab.runtime.ZabNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core thread and its ring: the one owner of the tree, the sessions and the broadcast.
 *
 * <p>Everything that has queued up since the last turn, up to a limit, is one batch: its writes are decided and proposed one by one,
 * handed to the log as one, and what the log has made durable meanwhile is published and answered as one. The public methods are the
 * doors; they may be used by any thread and never wait: they answer false when the ring is full, and the caller tries again.
 */
public final class Core {
    private static final Logger log = LoggerFactory.getLogger(Core.class);
    private static final long LEADERLESS_GRACE_MS = 2000;

    private final ServerFigures figures;
    private final Sessions sessions;
    private final LocalSessions localSessions;
    private final boolean readOnlyMode;
    private final Admission admission;
    private final WritePath writes;
    private final Reaper reaper;
    private final CoreLoop<CoreEvent> loop;
    private final Clock clock;
    private final Runnable wakeClients;
    private @Nullable ZabNode zab; // these two are set once before the thread starts
    private @Nullable Publication publication;
    private long activeAtMs;

    // Written by the core thread at the end of a turn, read by connections and four-letter words.
    private volatile int outstanding;
    private volatile boolean readOnly;
    private volatile RoleView role = RoleView.looking();

    /**
     * @param host what it runs on
     * @param wakeClients run on the core thread after each publication: lets connections look into their outboxes
     * @param onFailure told when the core meets what must not happen; the server has to stop
     */
    public Core(
            CoreConfig config,
            CoreHost host,
            ServerFigures figures,
            Preparation preparation,
            Runnable wakeClients,
            Consumer<Throwable> onFailure) {
        this.clock = host.clock();
        this.activeAtMs = nowMs();
        this.figures = figures;
        this.wakeClients = wakeClients;
        SessionIds ids = new SessionIds(config.serverId(), clock.wallMs());
        this.sessions = new Sessions(config.sessions(), config.ticks(), ids, host.secrets());
        this.localSessions = new LocalSessions(config.sessions(), ids, host.secrets());
        this.readOnlyMode = config.readOnlyMode();
        this.admission = new Admission(config.underWayBytes(), this::servers);
        this.writes = new WritePath(
                preparation,
                sessions,
                localSessions,
                admission,
                figures,
                clock::wallMs,
                config.serverId(),
                host.secrets().nextLong());
        this.reaper = new Reaper(config.reaper(), nowMs());
        this.loop = host.loop(this::handle, this::endTurn, onFailure);
    }

    /** What the broadcast feeds during recovery and afterwards. */
    public StateMachine stateMachine() {
        return writes;
    }

    /** Ends recovery and starts the loop. Returns what clients read from. */
    public Publication start(ZabNode node, AccessControl access) {
        zab = node;
        Publication shared = new Publication(writes.delivered().advancedTo(node.lastDelivered()), access);
        publication = shared;
        sessions.begin(nowMs());
        writes.open(node, shared);
        role = writes.role();
        loop.start();
        doorbell();
        return shared;
    }

    /** Stops the thread after everything in the ring was handled. */
    public void stop() {
        loop.stop();
    }

    /** Stops the thread at once: what is in the ring stays there. */
    public void halt() {
        loop.halt();
    }

    /** A client asks for a session. */
    public boolean attach(Client client, ConnectRequest request) {
        return offer(new CoreEvent.Attach(client, request));
    }

    /**
     * A client's write.
     *
     * @param bytes that it takes; false is answered also while this server holds so much that it doesn't let more in
     */
    public boolean submit(
            Client client, Session session, WriteRequest request, int xid, List<Id> identities, int bytes) {
        return offer(new CoreEvent.Submit(client, session, request, xid, identities, bytes), bytes);
    }

    /** A client's barrier, of so many bytes. */
    public boolean sync(Client client, Session session, int bytes) {
        return offer(new CoreEvent.Sync(client, session, bytes), bytes);
    }

    private boolean offer(CoreEvent event, int bytes) {
        if (!admission.admit(bytes)) {
            return false;
        }
        boolean taken = offer(event);
        if (!taken) {
            admission.release(bytes);
        }
        return taken;
    }

    /** How many share what clients may ask of the ensemble: 1 or more. Any thread. */
    public int servers() {
        ZabNode node = zab;
        return node == null ? 1 : node.membership().members().size();
    }

    /** A client's connection is gone. */
    public boolean disconnected(Client client, @Nullable Session session) {
        return offer(new CoreEvent.Disconnected(client, session));
    }

    /**
     * Takes a snapshot, if the next start would have much log to replay without. Returns false when the ring is full: then nothing comes of it.
     *
     * @param then run, on any thread, when it is written, can't be written, or isn't needed
     */
    public boolean wrapUp(Runnable then) {
        return offer(new CoreEvent.WrapUp(then));
    }

    /** Lets another server lead, if this one does and another one can. Returns false when the ring is full: then nothing comes of it. */
    public boolean resign() {
        return offer(new CoreEvent.Resign());
    }

    /** Ends a session as if it had been silent for its whole timeout; of no effect unless this server leads. */
    public boolean expire(long sessionId) {
        return offer(new CoreEvent.Expire(sessionId));
    }

    /** Does nothing but this on the core thread; what comes meanwhile waits in the ring. */
    public boolean standStill(Runnable until) {
        return offer(new CoreEvent.StandStill(until));
    }

    /** Looks at the clock; to be called several times per tick. A tick that finds the ring full is not missed. */
    public void tick() {
        offer(new CoreEvent.Tick());
    }

    /** The broadcast has something to deliver. If the ring is full, the turn that empties it will look anyway. */
    public void doorbell() {
        offer(new CoreEvent.Doorbell());
    }

    private boolean offer(CoreEvent event) {
        return loop.offer(event);
    }

    /** How many proposals and barriers wait for the log. */
    public int outstanding() {
        return outstanding;
    }

    /** What this server is, never ahead of the tree that it shows: a new leader's tree has its epoch already. Any thread. */
    public RoleView role() {
        return role;
    }

    /** Whether it is cut off from the others and serves those who only read. Any thread. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** How many sessions this server alone knows. Any thread. */
    public int localSessions() {
        return localSessions.count();
    }

    /** The sessions that are alive. Any thread. */
    public Collection<Session> sessions() {
        return sessions.all();
    }

    private void handle(CoreEvent event) {
        switch (event) {
            case CoreEvent.Submit submit -> submit(submit);
            case CoreEvent.Sync sync -> sync(sync);
            case CoreEvent.Attach attach -> attach(attach);
            case CoreEvent.Disconnected gone -> {
                boolean goodbyeLost = writes.disconnected(gone.client());
                if (gone.session() != null) {
                    gone.session().detach(gone.client());
                    if (goodbyeLost) { // its silence has to end it
                        gone.session().staysOpen();
                    }
                }
            }
            case CoreEvent.WrapUp wrapUp -> writes.wrapUp(wrapUp.then());
            case CoreEvent.Resign resign -> writes.resign();
            case CoreEvent.Expire expire -> expireNow(expire.sessionId());
            case CoreEvent.StandStill still -> still.until().run();
            case CoreEvent.Tick tick -> onTick();
            case CoreEvent.Doorbell doorbell -> {
                // Each turn ends with a look at what the broadcast has; the doorbell only starts one.
            }
        }
    }

    /** Requests of a session that is ending, or that has moved to another connection, are not heard any more. */
    private static boolean speaksFor(Client client, Session session) {
        return session.belongsTo(client) && !session.isClosing();
    }

    private void submit(CoreEvent.Submit submit) {
        Session session = submit.session();
        if (!speaksFor(submit.client(), session)) {
            admission.release(submit.bytes());
            return;
        }
        if (session.isLocal()) {
            admission.release(submit.bytes());
            localSessions.answer(submit.client(), session, submit.request(), published());
            return;
        }
        if (submit.request() instanceof WriteRequest.CloseSession) {
            session.beginClosing();
        }
        writes.ask(
                submit.client(),
                new Ask.Write(session.id(), submit.xid(), submit.identities(), submit.request()),
                submit.bytes());
    }

    private void sync(CoreEvent.Sync sync) {
        if (!speaksFor(sync.client(), sync.session())) {
            admission.release(sync.bytes());
        } else if (sync.session().isLocal()) {
            admission.release(sync.bytes());
            LocalSessions.refuse(sync.client(), published());
        } else {
            writes.ask(sync.client(), new Ask.Sync(sync.session()), sync.bytes());
        }
    }

    private void attach(CoreEvent.Attach attach) {
        sessions.timeIs(nowMs());
        ConnectRequest request = attach.request();
        if (readOnly) {
            localSessions.attach(attach.client(), request, published().zxid(), nowMs());
            return;
        }
        writes.ask(
                attach.client(),
                request.sessionId() == 0
                        ? new Ask.Begin(sessions.begin(request, writes.delivered()))
                        : new Ask.Return(request),
                0);
    }

    private void onTick() {
        long now = nowMs();
        writes.reportSessions();
        writes.compareTrees(now);
        giveUpIfCutOff(now);
        if (writes.mayPropose()) {
            askAboutSilentSessions(now);
            for (String path : reaper.due(writes.speculative(), now, clock.wallMs())) {
                if (writes.mayPropose()) { // the others are found again when the reaper runs the next time
                    writes.proposeInternally(new Txn.Delete(path));
                }
            }
        }
    }

    /** A short time without a leader is nobody's business; after that, clients had better look for another server. */
    private void giveUpIfCutOff(long now) {
        if (writes.role().active()) {
            activeAtMs = now;
        } else if (now - activeAtMs > LEADERLESS_GRACE_MS) {
            writes.dropAll();
            localSessions.expire(published().zxid(), now);
            if (!readOnly && mayServeReadersAlone()) {
                readOnly = true;
                log.warn(
                        "Without a leader for {} ms: clients that accept a read-only server are served what is"
                                + " committed up to 0x{}.",
                        now - activeAtMs,
                        Long.toHexString(published().zxid()));
            }
        }
    }

    /** A server that catches up with a leader will soon have more to offer, and one without a history knows nothing. */
    private boolean mayServeReadersAlone() {
        return readOnlyMode
                && writes.role().kind() == RoleView.Kind.LOOKING
                && published().zxid() != 0;
    }

    private void endReadOnlyIfActive() {
        if (readOnly && writes.role().active()) {
            log.info("There is a leader again: {} clients that only read are to connect anew.", localSessions.count());
            readOnly = false;
            localSessions.endAll(published().zxid());
        }
    }

    /** Whose time is up may have been heard of elsewhere, unless this server still leads: a quorum has to confirm that first. */
    private void askAboutSilentSessions(long now) {
        if (sessions.tick(now)) {
            writes.askIfLeading(sessions.question());
        }
    }

    /** Returns whether there is something new for the broadcast. */
    private boolean endSilentSessions() {
        if (!writes.mayPropose()) { // nobody is forgotten: the answers are still there when it may
            return false;
        }
        List<Session> silent = sessions.takeSilent(writes.confirmed());
        for (Session expired : silent) {
            if (!writes.mayPropose()) { // the one before was the last of its epoch
                sessions.postponeEnd(expired);
                continue;
            }
            log.info(
                    "Session 0x{} expired: nothing heard from it for {} ms",
                    Long.toHexString(expired.id()),
                    nowMs() - expired.lastHeardMs());
            end(expired);
        }
        return !silent.isEmpty();
    }

    private void expireNow(long sessionId) {
        Session session = writes.mayPropose() ? sessions.expire(sessionId) : null;
        if (session != null) {
            log.info("Session 0x{} expired: its end was ordered", Long.toHexString(sessionId));
            end(session);
        }
    }

    private void end(Session expired) {
        if (writes.speculative().session(expired.id()) == null) {
            return; // its client has just ended it by itself, on another server
        }
        figures.sessionExpired();
        writes.proposeInternally(new Txn.CloseSession(expired.id()));
    }

    private void endTurn() {
        ZabNode node = zab;
        if (node == null) {
            throw notStarted();
        }
        sessions.timeIs(nowMs());
        writes.proceed();
        do {
            advance(node);
            // Clients are answered before this server's own disk is waited for: a quorum of others may have been
            // enough.
            wakeClients.run();
        } while (node.write());
    }

    private void advance(ZabNode node) {
        boolean somethingNew;
        do {
            node.advance();
            writes.publish();
            somethingNew = writes.proceed();
            // Signs of life that came before a quorum's answer have been taken in by now.
            somethingNew |= endSilentSessions();
        } while (somethingNew);
        outstanding = writes.outstanding();
        role = writes.role();
        endReadOnlyIfActive();
    }

    private Tree published() {
        Publication shared = publication;
        if (shared == null) {
            throw notStarted();
        }
        return shared.root();
    }

    private static IllegalStateException notStarted() {
        return new IllegalStateException("Not started");
    }

    /** Milliseconds of the monotonic clock that sessions and connections go by. */
    public long nowMs() {
        return clock.monotonicMs();
    }
}
