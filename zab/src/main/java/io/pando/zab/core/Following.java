package io.pando.zab.core;

import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.message.Message.State;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Records;
import io.pando.zab.model.Zxid;
import org.jspecify.annotations.Nullable;

/**
 * A server that does as its leader says: it promises the leader's epoch, has its history made a prefix of the leader's, and then
 * writes down, acknowledges and delivers (design: zab.md section 4). Followers and observers alike: what differs is up to the
 * leader, who sends observers only what is committed and doesn't count them.
 *
 * <pre>
 *   JOINING ─NEW_EPOCH─▶ PROMISING ─durable, ACK_EPOCH─▶ PROMISED ─SYNC─▶ STREAMING ⇄ FETCHING (a snapshot)
 *      any of the last four ─NEW_EPOCH─▶ PROMISING            (the leader renews its epoch)
 * </pre>
 */
final class Following implements Role {

    private enum Phase {
        JOINING,
        PROMISING,
        PROMISED,
        STREAMING,
        FETCHING
    }

    private final NodeState node;
    private final Changes changes;
    private final long leader;
    private final LeaderWatch watch;

    private Phase phase = Phase.JOINING;
    private @Nullable Link link;
    private int epoch;
    private boolean active;
    private int toldEpoch; // the one in which it was last said to be up to date
    private RoleView.Kind toldKind = RoleView.Kind.LOOKING; // what it was said to be then
    private long readyZxid = -1;
    private long fetchToken;
    private long installedZxid = Zxid.NONE;
    private long probe;
    private long discoveryEnds;
    private long joinAgainAt = Long.MAX_VALUE;
    private long joinDelay;
    private long saidAt;

    Following(NodeState node, Changes changes, long leader) {
        this.node = node;
        this.changes = changes;
        this.leader = leader;
        this.watch = new LeaderWatch(node);
        this.joinDelay = node.config.timing().joinRetry();
    }

    @Override
    public void enter() {
        discoveryEnds = node.nowNanos + node.config.timing().discovery();
        Link open = node.linkTo(leader);
        if (open != null) {
            join(open);
        }
    }

    private void join(Link open) {
        link = open;
        joinAgainAt = Long.MAX_VALUE;
        boolean blank = node.isBlank();
        node.send(
                open,
                new Message.Join(
                        node.promise().acceptedEpoch(),
                        node.promise().acceptedLeader(),
                        blank ? Hello.NO_CLUSTER : node.clusterId(),
                        node.reportedZxid()));
    }

    @Override
    public void onTurn() {
        if (isDiscovering()) {
            // The disk that has to write the promise may take its time; a leader may not.
            if (node.nowNanos >= discoveryEnds && phase != Phase.PROMISING) {
                leave("server " + leader + " did not take it in");
                return;
            }
        }
        if (node.nowNanos >= joinAgainAt && link != null) {
            join(link);
        }
        becomeActiveIfReady();
    }

    @Override
    public void onTick() {
        if (!isDiscovering() && watch.isOver()) {
            leave("server " + leader + " is silent");
        }
    }

    /** Whether it has never been in the leader's stream. */
    private boolean isDiscovering() {
        return !active && (phase == Phase.JOINING || phase == Phase.PROMISING || phase == Phase.PROMISED);
    }

    private void leave(String why) {
        if (link != null && node.isCurrent(link)) {
            node.close(link, why);
        }
        changes.look(why);
    }

    @Override
    public void onLinkUp(Link up) {
        if (up.serverId() == leader && phase == Phase.JOINING) {
            join(up);
        }
    }

    @Override
    public void onLinkDown(Link down) {
        watch.looking(down.serverId(), false);
        if (down.equals(link)) {
            changes.look("the link to server " + leader + " is gone");
        }
    }

    @Override
    public void onMessage(Link from, Message message) {
        if (message instanceof Message.Notification notification) {
            onNotification(from, notification);
        } else if (message instanceof Message.Join) {
            node.send(from, new Message.Reject(Message.Refusal.NOT_LEADING));
        } else if (from.equals(link)) {
            fromLeader(message);
        }
        // Anything else was meant for a role that has ended.
    }

    private void onNotification(Link from, Message.Notification notification) {
        if (notification.state() == State.LOOKING) {
            boolean observing = !node.voters.isParticipant(node.self());
            node.send(from, Notices.following(node, leader, epoch, observing));
            watch.looking(from.serverId(), true);
            if (phase == Phase.STREAMING && watch.isGivenUpByOthers()) {
                leave("server " + leader + " is silent, and others look for another leader");
            }
        } else {
            watch.looking(from.serverId(), false);
        }
    }

    private void fromLeader(Message message) {
        watch.heard();
        switch (message) {
            case Message.NewEpoch proposed -> onNewEpoch(proposed);
            case Message.Sync sync -> {
                if (isOfThisEpoch(sync)) {
                    onSync(sync);
                }
            }
            case Message.Append append -> {
                if (isOfThisEpoch(append)) {
                    onAppend(append);
                }
            }
            case Message.UpToDate upToDate -> {
                if (isOfThisEpoch(upToDate)) {
                    readyZxid = upToDate.zxid();
                    // It is durable here up to where its leader's history went when this server came: whatever it has
                    // ever acknowledged is in that, also if nothing tells how far that went.
                    node.nothingIsMissing();
                    becomeActiveIfReady();
                }
            }
            case Message.BarrierPassed passed -> {
                if (isOfThisEpoch(passed)) {
                    node.effects.add(new Effect.BarrierPassed(passed.id(), passed.zxid(), passed.ordinal()));
                }
            }
            case Message.Answer answer -> {
                if (isOfThisEpoch(answer)) {
                    node.effects.add(new Effect.Answered(answer.payload()));
                }
            }
            case Message.Handover handover -> {
                if (isOfThisEpoch(handover)) {
                    onHandover(handover);
                }
            }
            case Message.Reject reject -> onReject(reject);
            // Those that only a leader is sent: from when this server was one.
            case Message.Notification n -> {}
            case Message.Join j -> {}
            case Message.AckEpoch a -> {}
            case Message.Ack a -> {}
            case Message.Request r -> {}
            case Message.Barrier b -> {}
        }
    }

    /** Stragglers of an earlier epoch are ignored. */
    private boolean isOfThisEpoch(Message message) {
        return message.epoch() == epoch && phase != Phase.PROMISING;
    }

    private void violated(String what) {
        leave("server " + leader + " broke the protocol: " + what);
    }

    // ---- discovery

    private void onReject(Message.Reject reject) {
        if (phase != Phase.JOINING) {
            leave("server " + leader + " refuses it: " + reject.reason());
        } else if (reject.reason() == Message.Refusal.NOT_LEADING || node.isRecovering()) {
            // Whoever lacks something can't lead in the other's stead: it waits until that one has an epoch without it.
            joinAgainAt = node.nowNanos + joinDelay;
            joinDelay *= 2;
        } else {
            changes.look("server " + leader + " has a shorter history");
        }
    }

    private void onNewEpoch(Message.NewEpoch proposed) {
        Promise promise = node.promise();
        int order = Integer.compareUnsigned(proposed.epoch(), promise.acceptedEpoch());
        if (order < 0 || (order == 0 && promise.acceptedLeader() != leader)) {
            leave("epoch " + proposed.epoch() + " of server " + leader + " is too late, " + promise.acceptedEpoch()
                    + " is promised to server " + promise.acceptedLeader());
            return;
        }
        if (!node.isBlank() && !node.clusterId().equals(proposed.clusterId())) {
            violated("it belongs to ensemble " + proposed.clusterId() + ", this server to " + node.clusterId());
            return;
        }
        phase = Phase.PROMISING;
        epoch = proposed.epoch();
        fetchToken = 0;
        installedZxid = Zxid.NONE;
        readyZxid = -1;
        node.promise(epoch, leader, proposed.clusterId());
    }

    @Override
    public void onPromiseDurable() {
        if (phase == Phase.PROMISING && node.isPromiseDurable() && link != null) {
            phase = Phase.PROMISED;
            watch.heard();
            discoveryEnds = node.nowNanos + node.config.timing().discovery();
            node.send(
                    link,
                    new Message.AckEpoch(
                            epoch, node.reportedZxid(), node.history.last(), node.history.epochs(), node.commitZxid()));
        }
    }

    // ---- synchronisation

    private void onSync(Message.Sync sync) {
        switch (sync.mode()) {
            case DIFF -> {
                if (sync.base() != node.history.last()) {
                    violated("a stream from " + Zxid.toString(sync.base()) + " for a history that ends at "
                            + Zxid.toString(node.history.last()));
                    return;
                }
                phase = Phase.STREAMING;
                acknowledge();
            }
            case TRUNC -> {
                if (Zxid.isAfter(node.commitZxid(), sync.base())) {
                    node.halt("Server " + leader + " of epoch " + epoch + " asks to cut the history at "
                            + Zxid.toString(sync.base()) + ", but it is committed up to "
                            + Zxid.toString(node.commitZxid()) + ": a committed transaction was lost.");
                    return;
                }
                phase = Phase.STREAMING;
                node.truncate(sync.base());
            }
            case SNAP -> {
                phase = Phase.FETCHING;
                fetchToken = node.nextToken++;
                node.effects.add(new Effect.FetchSnapshot(fetchToken, leader, sync.base()));
            }
        }
    }

    @Override
    public void onSnapshotFetched(Event.SnapshotFetched fetched) {
        if (phase != Phase.FETCHING || fetched.token() != fetchToken) {
            return;
        }
        if (Zxid.isAfter(node.commitZxid(), fetched.meta().zxid())) {
            violated("its snapshot ends at " + Zxid.toString(fetched.meta().zxid()) + ", before what is committed");
            return;
        }
        phase = Phase.STREAMING;
        installedZxid = fetched.meta().zxid();
        node.install(fetched.token(), fetched.meta());
    }

    @Override
    public void onSnapshotFetchFailed(Event.SnapshotFetchFailed failed) {
        if (phase == Phase.FETCHING && failed.token() == fetchToken) {
            leave("its snapshot could not be had: " + failed.why());
        }
    }

    // ---- broadcast

    private void onAppend(Message.Append append) {
        Records records = append.records();
        boolean newProbe = append.probe() > probe;
        probe = Math.max(probe, append.probe());
        if (isWithoutStream(records)) {
            acknowledge();
        } else if (phase != Phase.STREAMING || records.prevZxid() != node.history.last()) {
            violated("records " + records + " for a history that ends at " + Zxid.toString(node.history.last()));
        } else if (Zxid.isAfter(append.commitZxid(), records.lastZxid())) {
            violated("it committed more than it has sent");
        } else {
            append(records, append.commitZxid());
            // Records are acknowledged when they are durable, and what is committed needs no answer; but a leader must
            // hear of this server also while a disk is slow, or nothing is written.
            boolean silent = node.nowNanos - saidAt >= node.config.timing().heartbeat() / 2;
            if (newProbe || silent) {
                acknowledge();
            }
        }
    }

    /** A heartbeat that left the leader before it knew of an installed snapshot: it stands where there is no stream yet. */
    private boolean isWithoutStream(Records records) {
        boolean installing = phase == Phase.FETCHING
                || (phase == Phase.STREAMING && Zxid.isAfter(installedZxid, records.prevZxid()));
        return installing && records.isEmpty();
    }

    private void append(Records records, long leaderCommit) {
        if (!records.isEmpty()) {
            // What is committed already is known first, so that the batch on disk says so.
            node.commit(Zxid.isAfter(leaderCommit, node.history.last()) ? node.history.last() : leaderCommit);
            node.append(records);
        }
        node.commit(leaderCommit);
        becomeActiveIfReady();
    }

    /** Says how far this history is durable and equal to the leader's; nothing while it still has to be made so. */
    private void acknowledge() {
        if (link != null) {
            saidAt = node.nowNanos;
            long zxid = phase == Phase.STREAMING ? node.history.durable() : Zxid.NONE;
            node.send(link, new Message.Ack(epoch, zxid, probe, node.isWritable()));
        }
    }

    @Override
    public void onLogDurable() {
        if (phase == Phase.STREAMING) {
            acknowledge();
        }
    }

    private void becomeActiveIfReady() {
        if (toldEpoch != epoch && readyZxid != -1 && !Zxid.isAfter(readyZxid, node.deliveredZxid())) {
            active(active ? "its leader has begun a new epoch" : "up to date");
        } else if (active && toldKind != kind()) {
            active("the members have changed");
        }
    }

    private void active(String why) {
        active = true;
        toldEpoch = epoch;
        toldKind = kind();
        node.effects.add(new Effect.RoleChanged(view(), why));
    }

    private void onHandover(Message.Handover handover) {
        if (handover.successor() == node.self()) {
            changes.lead("server " + leader + " hands over");
        } else if (handover.successor() == leader) {
            violated("it hands over to itself");
        } else {
            changes.follow(handover.successor(), "server " + leader + " has handed over");
        }
    }

    @Override
    public void onRequest(Event request) {
        if (!active || link == null) {
            Refusals.withoutLeader(node, request);
            return;
        }
        switch (request) {
            case Event.Forward forward -> node.send(link, new Message.Request(epoch, forward.payload()));
            case Event.Barrier barrier -> node.send(link, new Message.Barrier(epoch, barrier.request()));
            default -> Refusals.withoutLeader(node, request);
        }
    }

    @Override
    public void onLogRead(Event.LogRead read) {}

    @Override
    public void onSnapshotTaken() {}

    @Override
    public RoleView view() {
        return new RoleView(kind(), leader, epoch, active);
    }

    private RoleView.Kind kind() {
        return node.voters.isParticipant(node.self()) ? RoleView.Kind.FOLLOWING : RoleView.Kind.OBSERVING;
    }

    @Override
    public long deadlineNanos() {
        if (isDiscovering()) {
            return phase == Phase.PROMISING ? joinAgainAt : Math.min(discoveryEnds, joinAgainAt);
        }
        return Math.min(Math.min(node.nextTickNanos(), watch.endsNanos()), joinAgainAt);
    }
}
