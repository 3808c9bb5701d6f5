package io.pando.zab.core;

import io.pando.zab.message.Message;
import io.pando.zab.message.Message.SyncMode;
import io.pando.zab.model.Records;
import io.pando.zab.model.SnapshotMeta;
import io.pando.zab.model.Zxid;
import org.jspecify.annotations.Nullable;

/**
 * Feeds learners: first what they lack, then what is new, all in one stream of records behind one cursor (design: zab.md, D2).
 *
 * <p>From memory where it reaches back far enough, else from the log on disk, else by a snapshot.
 */
final class Stream {
    private final NodeState node;
    private final Learners learners;
    private final Barriers barriers;

    Stream(NodeState node, Learners learners, Barriers barriers) {
        this.node = node;
        this.learners = learners;
        this.barriers = barriers;
    }

    /** Tells a learner how its history is made a prefix of this one, and begins its stream there. */
    void plan(Learner learner, int epoch) {
        learner.target = node.history.last();
        Message.AckEpoch facts = factsOf(learner);
        carryOut(
                SyncPlan.between(
                        new SyncPlan.Facts(node.history.epochs(), node.history.last(), node.commitZxid()),
                        new SyncPlan.Facts(facts.epochs(), facts.lastZxid(), facts.commitZxid())),
                learner,
                epoch);
    }

    private static Message.AckEpoch factsOf(Learner learner) {
        if (learner.promised == null) {
            throw new IllegalStateException("Server " + learner.id() + " has not promised this epoch");
        }
        return learner.promised;
    }

    private void carryOut(SyncPlan plan, Learner learner, int epoch) {
        if (plan.mode() == SyncMode.SNAP) {
            sendToSnapshot(learner, plan.base(), epoch);
        } else {
            learner.streamFrom(plan.base());
            send(learner, new Message.Sync(epoch, plan.mode(), plan.base()));
        }
    }

    private void sendToSnapshot(Learner learner, long atLeast, int epoch) {
        SnapshotMeta newest = node.snapshot();
        if (newest == null || Zxid.isAfter(atLeast, newest.zxid())) {
            learner.awaitSnapshot(atLeast);
        } else {
            learner.fetchFrom(atLeast);
            send(learner, new Message.Sync(epoch, SyncMode.SNAP, atLeast));
        }
    }

    /** A snapshot was taken: it may be the one that learners wait for. */
    void snapshotTaken(int epoch) {
        for (Learner learner : learners.all()) {
            if (learner.phase == Learner.Phase.AWAITING_SNAPSHOT) {
                sendToSnapshot(learner, learner.cursor, epoch);
            }
        }
    }

    // ---- what learners say of it

    /** A learner says how far it has come. Returns false if it can't have come as far. */
    boolean acknowledged(Learner learner, long zxid) {
        if (learner.phase == Learner.Phase.FETCHING) {
            fetched(learner, zxid);
        }
        if (learner.phase != Learner.Phase.STREAMING || !Zxid.isAfter(zxid, learner.acked)) {
            return true;
        }
        if (Zxid.isAfter(zxid, learner.cursor)) {
            return false;
        }
        learner.acked(zxid);
        return true;
    }

    /** A learner that was sent to fetch a snapshot acknowledges: nothing, or the one it has installed. */
    private void fetched(Learner learner, long zxid) {
        if (zxid != Zxid.NONE && !Zxid.isAfter(learner.cursor, zxid) && !Zxid.isAfter(zxid, node.history.last())) {
            learner.streamFrom(zxid);
        }
    }

    /** Tells those who have acknowledged all that they lacked. */
    void tellWhoIsUpToDate(int epoch) {
        for (Learner learner : learners.all()) {
            boolean ready = learner.phase == Learner.Phase.STREAMING
                    && !learner.upToDate
                    && !Zxid.isAfter(learner.target, learner.acked);
            if (ready) {
                learner.upToDate = true;
                node.send(learner.link, new Message.UpToDate(epoch, node.commitZxid()));
            }
        }
    }

    // ---- what they are sent

    /**
     * Sends what there is for each learner and fits into its window: to voters also what is not committed yet.
     *
     * @param probeNow whether a probe has to leave at once
     */
    void feed(int epoch, boolean probeNow) {
        for (Learner learner : learners.all()) {
            feed(learner, epoch, probeNow);
        }
    }

    private void feed(Learner learner, int epoch, boolean probeNow) {
        switch (learner.phase) {
            case JOINED, PROMISING, PROMISED -> {}
            case AWAITING_SNAPSHOT -> askForSnapshot(learner);
            case FETCHING -> {
                if (isHeartbeatDue(learner)) {
                    append(learner, epoch, Records.none(learner.cursor));
                }
            }
            case STREAMING -> {
                stream(learner, epoch);
                boolean news = Zxid.isAfter(commitFor(learner.cursor), learner.toldCommit)
                        || (probeNow && learner.probeSent < barriers.probe());
                if (news || isHeartbeatDue(learner)) {
                    append(learner, epoch, Records.none(learner.cursor));
                }
            }
        }
    }

    /** When the next heartbeat is due; {@code Long.MAX_VALUE}: nobody needs any. */
    long deadlineNanos() {
        long deadline = Long.MAX_VALUE;
        for (Learner learner : learners.all()) {
            if (learner.isFed()) {
                deadline =
                        Math.min(deadline, learner.sentAt + node.config.timing().heartbeat());
            }
        }
        return deadline;
    }

    private void askForSnapshot(Learner learner) {
        // Not before the state goes far enough: the snapshot would be too old again.
        if (!learner.snapshotAsked && !Zxid.isAfter(learner.cursor, node.deliveredZxid())) {
            learner.snapshotAsked = true;
            node.effects.add(new Effect.TakeSnapshot());
        }
    }

    private boolean isHeartbeatDue(Learner learner) {
        return node.nowNanos - learner.sentAt >= node.config.timing().heartbeat();
    }

    /** Up to where a learner is sent records. */
    private long limitOf(Learner learner) {
        return node.voters.isVoter(learner.id()) ? node.history.last() : node.commitZxid();
    }

    private void stream(Learner learner, int epoch) {
        long limit = limitOf(learner);
        while (Zxid.isAfter(limit, learner.cursor)
                && learner.pendingRead == 0
                && learner.inFlightBytes() < node.config.limits().window()) {
            Records next = node.history.after(learner.cursor);
            if (next == null) {
                learner.pendingRead = node.nextToken++;
                node.effects.add(new Effect.ReadLog(
                        learner.pendingRead,
                        learner.cursor,
                        node.config.limits().batch()));
            } else {
                append(learner, epoch, partOf(next, limit));
            }
        }
    }

    private Records partOf(Records records, long limit) {
        Records allowed = Zxid.isAfter(records.lastZxid(), limit) ? records.upTo(limit) : records;
        return allowed.atMost(node.config.limits().batch());
    }

    /** What was read from the log for a learner; null if the log begins later than that. */
    void read(long request, int epoch, @Nullable Records records) {
        Learner learner = learners.awaitingRead(request);
        if (learner != null) {
            read(learner, epoch, records);
        }
    }

    private void read(Learner learner, int epoch, @Nullable Records records) {
        learner.pendingRead = 0;
        if (learner.phase != Learner.Phase.STREAMING) {
            return;
        }
        if (records == null) {
            // One beyond the cursor: what it still acknowledges of the stream is not taken for an installed snapshot.
            sendToSnapshot(
                    learner, Zxid.max(learner.cursor + 1, factsOf(learner).commitZxid()), epoch);
        } else if (records.prevZxid() == learner.cursor && !records.isEmpty()) {
            append(learner, epoch, partOf(records, limitOf(learner)));
        }
    }

    private void append(Learner learner, int epoch, Records records) {
        long commit = commitFor(records.lastZxid());
        long probe = barriers.probe();
        if (!records.isEmpty()) {
            learner.sent(records.lastZxid(), records.lengthBytes());
        }
        learner.toldCommit = commit;
        learner.probeSent = probe;
        send(learner, new Message.Append(epoch, records, commit, probe));
    }

    /** The commit, but never beyond what a learner was sent. */
    private long commitFor(long sent) {
        return Zxid.isAfter(node.commitZxid(), sent) ? sent : node.commitZxid();
    }

    private void send(Learner learner, Message message) {
        learner.sentAt = node.nowNanos;
        node.send(learner.link, message);
    }
}
