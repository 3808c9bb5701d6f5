package io.pando.zab.core;

import io.pando.zab.message.Link;
import io.pando.zab.model.Zxid;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who has joined a leader, each on the link it has joined by; in the order of their ids. */
final class Learners {
    private final NodeState node;
    private final TreeMap<Long, Learner> all = new TreeMap<>();

    Learners(NodeState node) {
        this.node = node;
    }

    Collection<Learner> all() {
        return all.values();
    }

    Set<Long> ids() {
        return all.keySet();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void add(Learner learner) {
        all.put(learner.id(), learner);
    }

    @Nullable
    Learner byId(long id) {
        return all.get(id);
    }

    /** Null if nobody has joined by this link. */
    @Nullable
    Learner by(Link link) {
        Learner learner = all.get(link.serverId());
        return learner != null && learner.link.equals(link) ? learner : null;
    }

    /** Null if none waits for it. */
    @Nullable
    Learner awaitingRead(long request) {
        for (Learner learner : all.values()) {
            if (learner.pendingRead == request) {
                return learner;
            }
        }
        return null;
    }

    void remove(long id) {
        all.remove(id);
    }

    /** Ends the link with a learner; nothing that it says counts any more. */
    void dismiss(Learner learner, String why) {
        all.remove(learner.id());
        node.close(learner.link, why);
    }

    /** Ends the links that are still open. */
    void closeAll(String why) {
        for (Learner learner : all.values()) {
            if (node.isCurrent(learner.link)) {
                node.close(learner.link, why);
            }
        }
    }

    /** Whether those for which a rule holds are a quorum with this server. */
    boolean haveQuorum(Predicate<Learner> rule) {
        return node.voters.isQuorum(id -> {
            Learner learner = all.get(id);
            return id == node.self() || (learner != null && rule.test(learner));
        });
    }

    /** How far a server, this one included, has the history durably. */
    long ackedBy(long id) {
        if (id == node.self()) {
            return node.history.durable();
        }
        Learner learner = all.get(id);
        return learner != null && learner.phase == Learner.Phase.STREAMING ? learner.acked : Zxid.NONE;
    }

    /** Whether a server, this one included, has echoed a probe or a later one. */
    boolean haveEchoed(long id, long probe) {
        Learner learner = all.get(id);
        return id == node.self() || (learner != null && learner.probeEchoed >= probe);
    }

    /** Lets those go who are sent everything and were last heard of by then. */
    void dismissMute(long lastHeardAt) {
        for (Learner learner : List.copyOf(all.values())) {
            if (learner.isFed() && learner.heardAt <= lastHeardAt) {
                dismiss(learner, "server " + learner.id() + " is sent everything and says nothing");
            }
        }
    }

    LeaderFigures figures(int barriers) {
        int followers = 0;
        int syncedFollowers = 0;
        int syncedNonVoters = 0;
        int syncedObservers = 0;
        for (Learner learner : all.values()) {
            boolean participant = node.voters.isParticipant(learner.id());
            followers += participant ? 1 : 0;
            if (!learner.upToDate) {
                continue;
            }
            if (!participant) {
                syncedObservers++;
            } else if (node.voters.isVoter(learner.id())) {
                syncedFollowers++;
            } else {
                syncedNonVoters++;
            }
        }
        return new LeaderFigures(all.size(), followers, syncedFollowers, syncedNonVoters, syncedObservers, barriers);
    }
}
