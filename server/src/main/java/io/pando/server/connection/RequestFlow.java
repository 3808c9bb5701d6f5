package io.pando.server.connection;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.server.core.Outbound;
import io.pando.server.core.Session;
import io.pando.server.figures.Turn;
import io.pando.server.request.Refusal;
import io.pando.server.request.WatchRequests;
import io.pando.server.request.WriteReplies;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchRequest;
import io.pando.session.WriteRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one attached session, answered in the order they came ({@code wire-protocol.md} section 17).
 *
 * <p>Reads are answered on the spot from the published root. Writes and syncs go to the core; what comes behind them waits,
 * and a read that waited for a write is answered from the very tree that the write has made, so that writes behind it can be
 * under way already. Only a request that touches watches must see the newest root, which watches are about: while one waits,
 * everything behind it waits too.
 *
 * <p>No more is answered than the client takes: hundreds of reads behind one write may ask for megabytes each.
 *
 * <p>Event loop of the connection.
 */
final class RequestFlow {
    private final ClientServices services;
    private final ClientConnection connection;
    private final Outgoing out;
    private final Turn turn;
    private final Session session;
    private final LocalAnswers local;
    private final Deque<Waiting> waiting = new ArrayDeque<>(0);
    private long heldBackBytes;
    private int barring; // how many are held back that hold back all behind them

    /** What the next request sees, if it could be answered but the client takes no more; else null. */
    private @Nullable Tree heldUpAt;

    RequestFlow(ClientServices services, ClientConnection connection, Outgoing out, Turn turn, Session session) {
        this.services = services;
        this.connection = connection;
        this.out = out;
        this.turn = turn;
        this.session = session;
        this.local = new LocalAnswers(services, connection, out, session);
    }

    /** Whether the oldest request only waits for the client to read: the core's answers come behind it. */
    boolean isHeldUp() {
        return heldUpAt != null;
    }

    /** How many requests are not answered yet. */
    int unanswered() {
        return waiting.size();
    }

    /** What is held back takes so much memory. */
    long heldBackBytes() {
        return heldBackBytes;
    }

    /** Takes a request of so many bytes in. Answers false, and does nothing, if the core has no room for it now. */
    boolean take(int xid, Request request, int bytes, long nowNanos) {
        if (isForCore(request) && barring == 0) {
            if (!submit(xid, request, connection.identities(), bytes)) {
                return false;
            }
            waiting.add(new Waiting.InFlight(xid, request, nowNanos));
        } else if (waiting.isEmpty()) {
            Tree root = local.answer(xid, request, connection.identities());
            turn.answeredOnTheSpot(request.op().number(), xid, root.zxid());
        } else {
            holdBack(new Waiting.HeldBack(xid, request, connection.identities(), bytes, nowNanos));
        }
        return true;
    }

    /** Takes in a request whose body could not be read. */
    void takeUnreadable(int xid) {
        waiting.add(new Waiting.Unreadable(xid));
        proceed(services.publication().root());
    }

    private void holdBack(Waiting.HeldBack request) {
        waiting.add(request);
        heldBackBytes += request.bytes();
        if (bars(request.request())) {
            barring++;
        }
    }

    private static boolean bars(Request request) {
        return isForCore(request) || touchesWatches(request);
    }

    private static boolean isForCore(Request request) {
        return request instanceof WriteRequest || request instanceof SessionRequest.Sync;
    }

    private static boolean touchesWatches(Request request) {
        return request instanceof WatchRequest
                || (request instanceof ReadRequest read && WatchRequests.wishedBy(read) != 0);
    }

    private boolean submit(int xid, Request request, List<Id> identities, int bytes) {
        return request instanceof WriteRequest write
                ? services.core().submit(connection, session, write, xid, identities, bytes)
                : services.core().sync(connection, session, bytes);
    }

    /** The core has carried out the oldest request that it was given. */
    void answered(Outbound.WriteReply answer) {
        Waiting.InFlight asked = takeAsked(answer.zxid());
        WriteRequest request = (WriteRequest) asked.request();
        try {
            Reply reply = WriteReplies.of(request, answer.txn(), answer.applied());
            out.reply(asked.xid(), answer.zxid(), reply);
        } catch (Refusal refusal) {
            out.failure(asked.xid(), answer.zxid(), refusal.code());
        }
        if (request instanceof WriteRequest.CloseSession) {
            connection.closeAfterFlush();
        } else {
            proceed(answer.applied().tree());
        }
    }

    /** Everything before the oldest sync is applied. */
    void synced(Outbound.Synced answer) {
        Waiting.InFlight asked = takeAsked(answer.zxid());
        SessionRequest.Sync sync = (SessionRequest.Sync) asked.request();
        out.reply(asked.xid(), answer.zxid(), new Reply.Path(sync.path()));
        proceed(answer.tree());
    }

    /** The core would not propose the oldest request that it was given. */
    void refused(Outbound.Refused answer) {
        Waiting.InFlight asked = takeAsked(answer.zxid());
        out.failure(asked.xid(), answer.zxid(), answer.code());
        proceed(answer.tree());
    }

    /** The session of this server's own is over, as the client wished. */
    void ended(Outbound.Ended answer) {
        Waiting.InFlight asked = takeAsked(answer.zxid());
        out.reply(asked.xid(), answer.zxid(), new Reply.Nothing());
        connection.closeAfterFlush();
    }

    private Waiting.InFlight takeAsked(long zxid) {
        if (waiting.poll() instanceof Waiting.InFlight asked) {
            long nanos = connection.nowNanos() - asked.arrivedNanos();
            turn.answeredWrite(asked.request().op().number(), asked.xid(), zxid, nanos);
            return asked;
        }
        throw new IllegalStateException(
                "The core answered what session 0x" + Long.toHexString(session.id()) + " did not ask");
    }

    /**
     * Answers what has waited long enough, as far as the client takes it: the rest is to be gone on with when it does.
     *
     * @param tree what the requests answered so far have seen or made; not looked at if they are held up at another
     */
    void proceed(Tree tree) {
        Tree seen = heldUpAt == null ? tree : heldUpAt;
        heldUpAt = null;
        while (true) {
            if (!waiting.isEmpty() && !(waiting.peek() instanceof Waiting.InFlight) && !out.takesMore()) {
                heldUpAt = seen;
                return;
            }
            switch (waiting.peek()) {
                case null -> {
                    return;
                }
                case Waiting.InFlight inFlight -> {
                    return;
                }
                case Waiting.Unreadable unreadable -> {
                    waiting.remove();
                    out.failure(unreadable.xid(), seen.zxid(), ErrorCode.MARSHALLING_ERROR);
                }
                case Waiting.HeldBack held -> {
                    if (isForCore(held.request())) {
                        submitHeldBack();
                        return;
                    }
                    waiting.remove();
                    seen = answerHeldBack(held, seen);
                    long nanos = connection.nowNanos() - held.arrivedNanos();
                    turn.answeredLateRead(held.request().op().number(), held.xid(), seen.zxid(), nanos);
                }
            }
        }
    }

    private Tree answerHeldBack(Waiting.HeldBack held, Tree seen) {
        heldBackBytes -= held.bytes();
        if (touchesWatches(held.request())) {
            barring--;
            return local.answer(held.xid(), held.request(), held.identities());
        }
        local.answerFrom(seen, held.xid(), held.request(), held.identities());
        return seen;
    }

    /** Gives the core what was held back for it, up to the next request that must be answered before. */
    private void submitHeldBack() {
        boolean open = true;
        for (int left = waiting.size(); left > 0; left--) {
            Waiting next = waiting.remove();
            if (open && next instanceof Waiting.HeldBack held && bars(held.request())) {
                open = isForCore(held.request()) && submit(held.xid(), held.request(), held.identities(), held.bytes());
                if (open) {
                    barring--;
                    heldBackBytes -= held.bytes();
                    next = new Waiting.InFlight(held.xid(), held.request(), held.arrivedNanos());
                }
            }
            waiting.add(next);
        }
        if (!(waiting.peek() instanceof Waiting.InFlight)) {
            connection.lookAgainSoon();
        }
    }
}
