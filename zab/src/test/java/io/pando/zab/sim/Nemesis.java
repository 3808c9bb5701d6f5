package io.pando.zab.sim;

import io.pando.zab.core.Event;
import io.pando.zab.model.Member;
import io.pando.zab.model.Member.Role;
import io.pando.zab.model.Membership;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Decides what goes wrong, and when it is mended. */
final class Nemesis {
    private final SimCluster cluster;
    private final Profile profile;
    private final SplittableRandom random;
    private final Faults<Fault> faults;
    private int wiped;
    private long asked;

    private enum Fault {
        CRASH,
        CRASH_LEADER,
        CRASH_ALL,
        PAUSE,
        SPLIT,
        ISOLATE_LEADER,
        ONE_WAY,
        HEAL,
        SNAPSHOT,
        RESIGN,
        WIPE,
        RECONFIGURE
    }

    Nemesis(SimCluster cluster) {
        this.cluster = cluster;
        this.profile = cluster.profile();
        this.random = cluster.choices();
        this.faults = new Faults<>(
                Fault.class,
                cluster.scheduler(),
                random,
                profile.faultEveryNanos(),
                cluster::nextFaultStrikes,
                this::strike);
        faults.often(Fault.HEAL);
        if (!profile.wipes()) {
            faults.never(Fault.WIPE);
        }
        if (!profile.reconfigures()) {
            faults.never(Fault.RECONFIGURE);
        }
    }

    void begin() {
        faults.begin();
    }

    void stop() {
        faults.stop();
    }

    private void strike(Fault fault) {
        cluster.coverage().count("fault " + fault);
        cluster.trace(0, fault);
        SimNode leader = cluster.leader();
        switch (fault) {
            case CRASH -> crash(cluster.anyNode());
            case CRASH_LEADER -> {
                if (leader != null) {
                    crash(leader);
                }
            }
            case CRASH_ALL -> cluster.nodes().forEach(this::crash);
            case PAUSE -> cluster.anyNode().pause(random.nextLong(2_000_000_000L));
            case SPLIT -> split();
            case ISOLATE_LEADER -> {
                if (leader != null) {
                    isolate(leader);
                }
            }
            case ONE_WAY ->
                cluster.network().cut(cluster.anyNode().id(), cluster.anyNode().id());
            case HEAL -> cluster.network().heal();
            case SNAPSHOT -> cluster.anyNode().takeSnapshot();
            case RESIGN -> cluster.anyNode().receive(new Event.Resign(-1));
            case WIPE -> wipe();
            case RECONFIGURE -> {
                if (leader != null) {
                    reconfigure(leader);
                }
            }
        }
    }

    private void crash(SimNode node) {
        if (node.isUp()) {
            node.crash();
            startLater(node, 3 * profile.faultEveryNanos());
        }
    }

    private void startLater(SimNode node, long withinNanos) {
        cluster.scheduler().in(random.nextLong(withinNanos), () -> {
            if (!node.isUp()) {
                node.start();
            }
        });
    }

    /** Somebody is to vote from now on, or not to any more: the leader, too. */
    private void reconfigure(SimNode leader) {
        List<Member> members = new ArrayList<>(leader.view().membership().members());
        int chosen = random.nextInt(members.size());
        Member member = members.get(chosen);
        Role role = member.isParticipant() ? Role.OBSERVER : Role.PARTICIPANT;
        members.set(
                chosen,
                new Member(
                        member.id(),
                        member.host(),
                        member.peerPort(),
                        member.bulkPort(),
                        role,
                        member.weight(),
                        member.group(),
                        member.clientAddress(),
                        member.dataId()));
        if (members.stream().anyMatch(Member::isParticipant)) {
            leader.receive(new Event.ProposeMembership(++asked, new Membership(0, members), -1));
        }
    }

    private void split() {
        List<SimNode> all = new ArrayList<>(cluster.nodes());
        Collections.shuffle(all, new Random(random.nextLong()));
        int border = 1 + random.nextInt(all.size() - 1);
        for (SimNode one : all.subList(0, border)) {
            for (SimNode other : all.subList(border, all.size())) {
                cluster.network().cut(one.id(), other.id());
                cluster.network().cut(other.id(), one.id());
            }
        }
    }

    private void isolate(SimNode node) {
        for (SimNode other : cluster.nodes()) {
            cluster.network().cut(node.id(), other.id());
            cluster.network().cut(other.id(), node.id());
        }
    }

    /** One server may lose its directory in a life of an ensemble, if all the others have whatever it has acknowledged. */
    private void wipe() {
        SimNode victim = cluster.anyNode();
        long last = victim.disk().lastZxid();
        boolean nothingIsLost = cluster.nodes().stream()
                .allMatch(node -> node.isActive()
                        && node.disk().lastZxid() == last
                        && node.view().lastZxid() == last);
        boolean othersSuffice = victim.isActive() && victim.view().membership().isQuorum(id -> id != victim.id());
        if (wiped == 0 && nothingIsLost && othersSuffice && !victim.isLeading()) {
            wiped++;
            victim.crash();
            victim.wipe();
            cluster.model().wiped(victim);
            startLater(victim, profile.faultEveryNanos());
        }
    }
}
