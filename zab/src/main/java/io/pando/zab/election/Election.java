package io.pando.zab.election;

import io.pando.zab.model.Vote;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One server's part in one election: rounds, votes, and when it is over (design: zab.md section 3.2). All voters end up with the
 * highest vote among them; nothing here is needed for safety.
 *
 * <p>Times are nanoseconds of the caller's clock.
 */
public final class Election {

    /** Asks to send this server's own notification. */
    public interface Mail {
        void toAll();

        void to(long id);
    }

    /** What the election has to know about the ensemble. */
    public interface Electorate {

        /** Whether those who agree can elect: this server is among them if it votes itself. */
        boolean suffices(Set<Long> agreed);

        /** The voters, this server aside, that are linked: if all of them agree there is nobody to wait for. */
        Set<Long> linkedVoters();
    }

    private final long self;
    private final boolean voting;
    private final Vote own;
    private final long finalizeWait;
    private final Electorate electorate;
    private final Mail mail;
    private final TreeMap<Long, Vote> votes = new TreeMap<>();
    // Who has been sent this server's current vote.
    private final Set<Long> told = new TreeSet<>();
    private long round;
    private Vote vote;
    private long agreedSince = Long.MAX_VALUE;

    /**
     * @param voting whether this server's voice counts
     * @param own what it votes at first: itself, or {@link Vote#NONE}
     */
    public Election(
            long self, boolean voting, Vote own, long round, long finalizeWait, Electorate electorate, Mail mail) {
        this.self = self;
        this.voting = voting;
        this.own = own;
        this.round = round;
        this.vote = own;
        this.finalizeWait = finalizeWait;
        this.electorate = electorate;
        this.mail = mail;
    }

    public long round() {
        return round;
    }

    public Vote vote() {
        return vote;
    }

    /** This server's notification has just been sent to {@code id}. */
    public void told(long id) {
        told.add(id);
    }

    /** A voter that is looking, too, proposes someone who may lead. */
    public void on(long sender, long itsRound, Vote itsVote) {
        if (itsRound < round) {
            mail.to(sender);
            return;
        }
        if (itsRound > round) {
            round = itsRound;
            votes.clear();
            adopt(itsVote.isAbove(own) ? itsVote : own);
        } else if (itsVote.isAbove(vote)) {
            adopt(itsVote);
        }
        votes.put(sender, itsVote);
        if (vote.isAbove(itsVote) && !told.contains(sender)) {
            mail.to(sender);
        }
    }

    private void adopt(Vote better) {
        vote = better;
        agreedSince = Long.MAX_VALUE;
        told.clear();
        mail.toAll();
    }

    /** The link to {@code id} is gone, and with it what it said. */
    public void gone(long id) {
        votes.remove(id);
        told.remove(id);
    }

    /** Whom this server elects, if it is time to. */
    public OptionalLong outcome(long nowNanos) {
        if (!voting || vote.equals(Vote.NONE) || !electorate.suffices(agreed())) {
            agreedSince = Long.MAX_VALUE;
            return OptionalLong.empty();
        }
        if (agreedSince == Long.MAX_VALUE) {
            agreedSince = nowNanos;
        }
        boolean unanimous = electorate.linkedVoters().stream().allMatch(id -> vote.equals(votes.get(id)));
        return unanimous || nowNanos - agreedSince >= finalizeWait
                ? OptionalLong.of(vote.leader())
                : OptionalLong.empty();
    }

    private Set<Long> agreed() {
        Set<Long> agreed = new TreeSet<>();
        agreed.add(self);
        votes.forEach((id, theirs) -> {
            if (theirs.equals(vote)) {
                agreed.add(id);
            }
        });
        return agreed;
    }

    /** When {@link #outcome} is to be asked again at the latest. */
    public long deadlineNanos() {
        return agreedSince == Long.MAX_VALUE ? Long.MAX_VALUE : agreedSince + finalizeWait;
    }
}
