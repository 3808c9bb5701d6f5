package io.pando.zab.core;

import io.pando.zab.election.Election;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.message.Message.Notification;
import io.pando.zab.message.Message.State;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A server without a leader: takes part in an election, or joins a leader that there is (design: zab.md section 3.2). */
final class Looking implements Role, Election.Mail, Election.Electorate {
    private final NodeState node;
    private final Changes changes;
    private final Election election;
    private final boolean electable; // when the election began
    private long resendAt;
    private long resendDelay;

    Looking(NodeState node, Changes changes) {
        this.node = node;
        this.changes = changes;
        this.electable = node.isElectable();
        this.election = new Election(
                node.self(),
                node.isVoter() || node.isElectable(),
                node.ownVote(),
                ++node.round,
                node.config.timing().finalizeWait(),
                this,
                this);
    }

    @Override
    public void enter() {
        resendDelay = node.config.timing().resend();
        toAll();
    }

    @Override
    public void onTurn() {
        if (!electable && node.isElectable()) { // its disk has room again: perhaps nobody else's has
            changes.look("it may be elected now");
            return;
        }
        if (node.nowNanos >= resendAt) {
            resendDelay = Math.min(2 * resendDelay, node.config.timing().resendMost());
            sendToAll();
        }
        OptionalLong elected = election.outcome(node.nowNanos);
        if (elected.isEmpty()) {
            return;
        }
        if (elected.getAsLong() == node.self()) {
            changes.lead("elected at " + election.vote());
        } else {
            changes.follow(elected.getAsLong(), "elected " + election.vote());
        }
    }

    @Override
    public void onTick() {}

    @Override
    public void onLinkUp(Link link) {
        tell(link);
    }

    @Override
    public void onLinkDown(Link link) {
        election.gone(link.serverId());
    }

    @Override
    public void onMessage(Link link, Message message) {
        switch (message) {
            case Notification notification -> onNotification(link, notification);
            case Message.Join join -> node.send(link, new Message.Reject(Message.Refusal.NOT_LEADING));
            // What belongs to an epoch was meant for the role that has ended.
            default -> {}
        }
    }

    private void onNotification(Link link, Notification notification) {
        switch (notification.state()) {
            case LOOKING -> onLooking(link.serverId(), notification);
            case LEADING -> onClaim(link.serverId(), notification);
            case FOLLOWING -> askForItsClaim(notification.leader());
            case OBSERVING -> {}
        }
    }

    private void onLooking(long sender, Notification notification) {
        // For whomever a voter votes: those who must not lead don't propose themselves.
        if (node.voters.isVoter(sender)) {
            election.on(sender, notification.round(), notification.vote());
            node.round = election.round();
        }
    }

    /** Only a leader's own word makes anybody follow it. */
    private void onClaim(long leader, Notification claim) {
        boolean better = claim.vote().compareTo(election.vote()) >= 0;
        // A server without a voice may not know yet by which change of the members the other one leads, and may be
        // needed for it.
        boolean mayLead = node.voters.isParticipant(leader) || !node.isVoter();
        if (claim.established() || (better && mayLead)) {
            node.round = Math.max(node.round, claim.round());
            changes.follow(leader, claim.established() ? "it leads" : "it is about to lead");
        }
    }

    private void askForItsClaim(long leader) {
        Link link = node.linkTo(leader);
        if (link != null) {
            tell(link);
        }
    }

    // ---- Mail

    @Override
    public void toAll() {
        resendDelay = node.config.timing().resend();
        sendToAll();
    }

    private void sendToAll() {
        // A quarter more or less, so that servers that start together don't go on in step.
        double jitter = 0.75 + node.random.nextDouble() / 2;
        resendAt = node.nowNanos + (long) (resendDelay * jitter);
        for (NodeState.Peer peer : node.peers()) {
            tell(peer.link());
        }
    }

    @Override
    public void to(long id) {
        Link link = node.linkTo(id);
        if (link != null) {
            tell(link);
        }
    }

    private void tell(Link link) {
        election.told(link.serverId());
        node.send(
                link,
                new Notification(State.LOOKING, election.round(), election.vote(), -1, 0, false, Notices.hint(node)));
    }

    // ---- Electorate

    @Override
    public boolean suffices(Set<Long> agreed) {
        return node.needsEverybody()
                ? agreed.containsAll(node.voters.participants())
                : node.voters.isQuorum(agreed::contains);
    }

    @Override
    public Set<Long> linkedVoters() {
        Set<Long> linked = new TreeSet<>();
        for (NodeState.Peer peer : node.peers()) {
            if (node.voters.isVoter(peer.link().serverId())) {
                linked.add(peer.link().serverId());
            }
        }
        return linked;
    }

    // ---- nothing of this concerns a server without a leader

    @Override
    public void onPromiseDurable() {}

    @Override
    public void onLogDurable() {}

    @Override
    public void onLogRead(Event.LogRead read) {}

    @Override
    public void onSnapshotFetched(Event.SnapshotFetched fetched) {}

    @Override
    public void onSnapshotFetchFailed(Event.SnapshotFetchFailed failed) {}

    @Override
    public void onSnapshotTaken() {}

    @Override
    public void onRequest(Event request) {
        Refusals.withoutLeader(node, request);
    }

    @Override
    public RoleView view() {
        return RoleView.looking();
    }

    @Override
    public long deadlineNanos() {
        return Math.min(resendAt, election.deadlineNanos());
    }
}
