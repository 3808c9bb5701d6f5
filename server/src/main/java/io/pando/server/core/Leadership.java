package io.pando.server.core;

import io.pando.datatree.Applied;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.figures.ServerFigures;
import io.pando.server.request.Preparation;
import io.pando.server.request.Prepared;
import io.pando.server.request.Requester;
import io.pando.session.WriteRequest;
import io.pando.zab.runtime.ZabNode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows only as long as it leads: the tree as it will be when all that is proposed has committed, against which
 * requests are decided, and which server each session's client is attached to.
 *
 * <p>A proposal keeps the tree it makes, so that its commit costs nothing but showing it. Core thread; made when this server becomes
 * the leader, and dropped with everything in it when it is not any more.
 */
final class Leadership {
    private final ZabNode node;
    private final Preparation preparation;
    private final LongSupplier wallClockMs;
    private final Envelope.Codec codec;
    private final ServerFigures figures;
    private final Deque<Proposal> proposals = new ArrayDeque<>();
    private final Owners owners = new Owners();
    private Tree speculative;

    /**
     * A proposed transaction and what it makes of the tree.
     *
     * @param asked by a client of this server; null for what others have asked for, or the server itself
     */
    record Proposal(
            long zxid, Txn txn, Applied applied, @Nullable Asked asked) {}

    Leadership(
            ZabNode node,
            Preparation preparation,
            LongSupplier wallClockMs,
            Envelope.Codec codec,
            ServerFigures figures,
            Tree delivered) {
        this.node = node;
        this.preparation = preparation;
        this.wallClockMs = wallClockMs;
        this.codec = codec;
        this.figures = figures;
        this.speculative = delivered;
    }

    Tree speculative() {
        return speculative;
    }

    /** Decides a client's write and proposes the outcome, unless it must not be carried out; then returns why. */
    @Nullable
    ErrorCode decide(long origin, long request, Ask.Write ask, @Nullable Asked asked) {
        ErrorCode flaw = flawOf(ask, origin);
        if (flaw == null) {
            proposeOutcome(origin, request, ask, asked);
        }
        return flaw;
    }

    private @Nullable ErrorCode flawOf(Ask.Write ask, long origin) {
        // On a full disk, too, a session may end, as it would by its silence: that frees more than it takes, and fits
        // the reserve.
        if (!ask.endsSession() && !node.writable()) {
            return ErrorCode.SYSTEM_ERROR;
        }
        if (speculative.session(ask.sessionId()) == null) {
            return ErrorCode.SESSION_EXPIRED;
        }
        return owners.mayAsk(ask.sessionId(), origin) ? null : ErrorCode.SESSION_MOVED;
    }

    private void proposeOutcome(long origin, long request, Ask.Write ask, @Nullable Asked asked) {
        if (ask.request() instanceof WriteRequest.CloseSession) {
            propose(origin, request, new Txn.CloseSession(ask.sessionId()), asked);
            return;
        }
        long timeMs = wallClockMs.getAsLong();
        Requester requester = new Requester(ask.sessionId(), ask.identities());
        Prepared prepared = preparation.prepare(speculative, node.nextZxid(), timeMs, requester, ask.request());
        propose(prepared, new Envelope(origin, request, ask.sessionId(), ask.xid(), timeMs, prepared.txn()), asked);
    }

    /** Proposes a new session, which belongs to the server whose client asks for it. */
    void begin(Owners.Owner owner, long request, Txn.CreateSession txn, @Nullable Asked asked) {
        owners.claimed(txn.id(), owner);
        propose(owner.origin(), request, txn, asked);
    }

    /** Proposes a transaction that is made from the speculative tree, or for a new session: it always applies. */
    void propose(long origin, long request, Txn txn, @Nullable Asked asked) {
        long timeMs = wallClockMs.getAsLong();
        Prepared prepared = Preparation.internal(speculative, node.nextZxid(), timeMs, txn);
        propose(prepared, new Envelope(origin, request, 0, 0, timeMs, txn), asked);
    }

    private void propose(Prepared prepared, Envelope envelope, @Nullable Asked asked) {
        ByteBuffer encoded = codec.encode(envelope);
        figures.proposed(encoded.remaining());
        long zxid = node.propose(encoded);
        if (zxid != prepared.applied().tree().zxid()) {
            throw new IllegalStateException("Prepared for another zxid than proposed: " + Long.toHexString(zxid));
        }
        speculative = prepared.applied().tree();
        proposals.add(new Proposal(zxid, prepared.txn(), prepared.applied(), asked));
    }

    /** The proposal that is delivered as {@code zxid}; null if an earlier leader has proposed that. */
    @Nullable
    Proposal delivered(long zxid) {
        Proposal oldest = proposals.peek();
        return oldest != null && oldest.zxid() == zxid ? proposals.remove() : null;
    }

    /** What clients of this server have asked for, and is neither delivered nor will be by this leadership. */
    List<Asked> askedHere() {
        List<Asked> all = new ArrayList<>();
        for (Proposal proposal : proposals) {
            Asked asked = proposal.asked();
            if (asked != null) {
                all.add(asked);
            }
        }
        return all;
    }

    Owners owners() {
        return owners;
    }
}
