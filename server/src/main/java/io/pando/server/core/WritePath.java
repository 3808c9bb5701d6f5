package io.pando.server.core;

import io.pando.datatree.Applied;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.TreeSnapshot;
import io.pando.server.request.Preparation;
import io.pando.server.request.Prepared;
import io.pando.server.request.Requester;
import io.pando.server.watch.Publication;
import io.pando.session.WriteRequest;
import io.pando.zab.runtime.SnapshotBody;
import io.pando.zab.runtime.StateMachine;
import io.pando.zab.runtime.ZabNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * From a request to its published effect: decide, propose, deliver, publish.
 *
 * <p>Holds two trees. {@code speculative} is the tree when all that is proposed will have committed: requests are decided
 * against it. {@code delivered} is the tree of what has committed: only this is ever published or snapshotted. A proposal keeps
 * the tree it makes, so its commit costs nothing but showing it. Core thread.
 */
final class WritePath implements StateMachine {
    private final Preparation preparation;
    private final Sessions sessions;
    private final LongSupplier wallClockMs;
    private final Envelope.Codec codec = new Envelope.Codec();
    private final Queue<InFlight> inFlight = new ArrayDeque<>();
    private final List<InFlight> deliveredUnpublished = new ArrayList<>();
    private Tree speculative = Tree.empty();
    private Tree delivered = speculative;
    private @Nullable ZabNode zab;
    private @Nullable Publication publication;

    WritePath(Preparation preparation, Sessions sessions, LongSupplier wallClockMs) {
        this.preparation = preparation;
        this.sessions = sessions;
        this.wallClockMs = wallClockMs;
    }

    /** Ends recovery: from here on requests are taken. */
    void open(ZabNode node, Publication shared) {
        zab = node;
        publication = shared;
        delivered = delivered.advancedTo(node.lastDelivered());
        speculative = delivered;
    }

    Tree delivered() {
        return delivered;
    }

    Tree speculative() {
        return speculative;
    }

    /** Decides a client's write and proposes the outcome. */
    void submit(Client client, Requester requester, int xid, WriteRequest request) {
        ZabNode node = node();
        if (!node.writable()) {
            answer(client, new Outbound.Refused(speculative, ErrorCode.SYSTEM_ERROR));
            return;
        }
        long timeMs = wallClockMs.getAsLong();
        Prepared prepared = preparation.prepare(speculative, nextZxid(), timeMs, requester, request);
        propose(prepared, new Envelope(requester.sessionId(), xid, timeMs, prepared.txn()), client);
    }

    /** Proposes a transaction that the server itself wants: it is made from the speculative tree and always applies. */
    void proposeInternally(Txn txn, @Nullable Client client) {
        long timeMs = wallClockMs.getAsLong();
        Prepared prepared = Preparation.internal(speculative, nextZxid(), timeMs, txn);
        propose(prepared, new Envelope(0, 0, timeMs, txn), client);
    }

    /** Answers once everything proposed so far is delivered. */
    void answer(Client client, Outbound answer) {
        inFlight.add(new InFlight.Answer(answer.zxid(), client, answer));
    }

    private long nextZxid() {
        return node().nextZxid();
    }

    private void propose(Prepared prepared, Envelope envelope, @Nullable Client client) {
        long zxid = node().propose(codec.encode(envelope));
        if (zxid != prepared.applied().tree().zxid()) {
            throw new IllegalStateException("Prepared for another zxid than proposed: " + Long.toHexString(zxid));
        }
        speculative = prepared.applied().tree();
        inFlight.add(new InFlight.Proposal(zxid, prepared.txn(), prepared.applied(), client));
    }

    @Override
    public Loaded read(InputStream snapshot, long zxid) throws IOException {
        Tree tree = TreeSnapshot.read(snapshot);
        if (Long.compareUnsigned(tree.zxid(), zxid) > 0) {
            throw new IOException("The snapshot of zxid 0x" + Long.toHexString(zxid) + " holds the tree of zxid 0x"
                    + Long.toHexString(tree.zxid()));
        }
        return () -> {
            delivered = tree.advancedTo(zxid);
            speculative = delivered;
        };
    }

    /** Takes a committed transaction: our own, whose tree is computed already, or one from the log. */
    @Override
    public void deliver(long zxid, ByteBuffer payload) {
        if (zab == null) {
            Envelope envelope = codec.decode(payload);
            delivered = delivered.apply(zxid, envelope.timeMs(), envelope.txn()).tree();
            speculative = delivered;
            return;
        }
        takeAnswersBefore(zxid);
        if (!(inFlight.poll() instanceof InFlight.Proposal proposal) || proposal.zxid() != zxid) {
            throw new IllegalStateException(
                    "Delivered zxid 0x" + Long.toHexString(zxid) + " was not the next proposal");
        }
        delivered = proposal.applied().tree();
        deliveredUnpublished.add(proposal);
    }

    private void takeAnswersBefore(long zxid) {
        while (inFlight.peek() instanceof InFlight.Answer answer && answer.zxid() < zxid) {
            deliveredUnpublished.add(inFlight.remove());
        }
    }

    /** Shows what was delivered: events and answers in zxid order, then the tree. */
    void publish() {
        takeAnswersBefore(delivered.zxid() + 1);
        if (deliveredUnpublished.isEmpty()) {
            return;
        }
        publication().publish(this::completeAll, delivered);
        deliveredUnpublished.clear();
    }

    private void completeAll() {
        for (InFlight item : deliveredUnpublished) {
            switch (item) {
                case InFlight.Proposal proposal -> complete(proposal);
                case InFlight.Answer answer -> answer.client().send(answer.answer());
            }
        }
    }

    private void complete(InFlight.Proposal proposal) {
        Applied applied = proposal.applied();
        publication().tell(applied, proposal.zxid());
        switch (proposal.txn()) {
            case Txn.CreateSession created -> sessions.created(created, proposal.zxid(), proposal.client());
            case Txn.CloseSession closed -> {
                reply(proposal);
                sessions.closed(closed.id(), proposal.zxid(), proposal.client());
            }
            default -> reply(proposal);
        }
    }

    private static void reply(InFlight.Proposal proposal) {
        Client client = proposal.client();
        if (client != null) {
            client.send(new Outbound.WriteReply(proposal.zxid(), proposal.txn(), proposal.applied()));
        }
    }

    /** How many proposals wait for the log. */
    int outstanding() {
        return inFlight.size();
    }

    @Override
    public SnapshotBody capture() {
        Tree held = delivered;
        return out -> TreeSnapshot.write(held, out);
    }

    private ZabNode node() {
        if (zab == null) {
            throw new IllegalStateException("Still recovering");
        }
        return zab;
    }

    private Publication publication() {
        if (publication == null) {
            throw new IllegalStateException("Still recovering");
        }
        return publication;
    }
}
