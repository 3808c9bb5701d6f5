package io.pando.zab.sim;

import io.pando.zab.core.Event;
import io.pando.zab.message.Message;
import io.pando.zab.model.Member;
import io.pando.zab.model.Member.Role;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Zxid;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The words in which scripts are written: what is done to an ensemble, and what is waited for. Whatever is left open, is drawn from
 * the seed.
 */
final class Stage {
    private final SimCluster cluster;
    private final SplittableRandom random;
    private boolean loaded;
    private long asked;

    Stage(SimCluster cluster) {
        this.cluster = cluster;
        this.random = cluster.choices();
    }

    // ---- chance

    /** At least {@code least}, at most {@code most}. */
    int some(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean perhaps() {
        return random.nextBoolean();
    }

    long oneOf(List<Long> ids) {
        return ids.get(random.nextInt(ids.size()));
    }

    // ---- servers

    /** All servers run, one leads and all others are up to date. */
    void begin() {
        cluster.startAll();
        untilAllFollow();
    }

    SimNode server(long id) {
        return cluster.node(id);
    }

    List<Long> all() {
        return cluster.nodes().stream().map(SimNode::id).toList();
    }

    List<Long> allBut(long... ids) {
        List<Long> others = new ArrayList<>(all());
        for (long id : ids) {
            others.remove(id);
        }
        return others;
    }

    void crash(long... ids) {
        for (long id : ids) {
            server(id).crash();
        }
    }

    void crash(List<Long> ids) {
        ids.forEach(this::crash);
    }

    /** Dies, and nothing that it had on its way arrives any more. */
    void dieUnheard(long id) {
        crash(id);
        until(
                "nobody hears of server " + id + " any more",
                () -> cluster.nodes().stream()
                        .noneMatch(node -> node.isUp() && node.view().linked().contains(id)));
    }

    void start(long... ids) {
        for (long id : ids) {
            if (!server(id).isUp()) {
                server(id).start();
            }
        }
    }

    void start(List<Long> ids) {
        ids.forEach(this::start);
    }

    /** Switched off for good. */
    void retire(long... ids) {
        for (long id : ids) {
            cluster.retire(id);
        }
    }

    /** The log of a server that is down can't be read beyond {@code keptUpTo} any more. */
    void damage(long id, long keptUpTo) {
        ((ContractDisk) server(id).disk()).damage(keptUpTo);
    }

    /** The power of a server is lost, and on its disk something of what was durable. */
    void damage(long id, Damage damage) {
        storedDisk(id).losePower();
        crash(id);
        storedDisk(id).damage(damage);
    }

    /** The power goes at one of the next operations of its disk; it starts again by itself. */
    void losePowerAfter(long id, int operations) {
        storedDisk(id).losePowerAfter(operations);
    }

    /** One of the next operations of its disk fails, and so it stops; it starts again by itself. */
    void failAfter(long id, int operations) {
        storedDisk(id).failAfter(operations);
    }

    /** Its disk has only so much room left. */
    void fill(long id, int bytesLeft) {
        storedDisk(id).fill(bytesLeft);
    }

    void makeRoom(long id) {
        storedDisk(id).makeRoom();
    }

    /** No fault of its disk is to come any more. */
    void mendDisk(long id) {
        storedDisk(id).mend();
    }

    private StoredDisk storedDisk(long id) {
        return (StoredDisk) server(id).disk();
    }

    /** Something that must hold now, and that only this script knows of. */
    void require(boolean holds, String what) {
        if (!holds) {
            throw new SimFailure(what);
        }
    }

    /** How often something was met so far. */
    long met(String situation) {
        return cluster.coverage().of(situation);
    }

    void freeze(long id, int ms) {
        server(id).pause(ms * 1_000_000L);
    }

    void snapshot(long id) {
        server(id).takeSnapshot();
    }

    /** A server takes a snapshot, which is durable then. */
    void untilSnapshot(long id) {
        boolean[] taken = {false};
        at((at, what) -> at == id && what instanceof Event.SnapshotTaken, (at, what) -> taken[0] = true);
        snapshot(id);
        until("server " + id + " has taken a snapshot", () -> taken[0]);
    }

    // ---- links

    void cut(long one, long other) {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    void cutOneWay(long from, long to) {
        cluster.network().cut(from, to);
    }

    void isolate(long id) {
        part(List.of(id));
    }

    /** These have no link to any other server. */
    void part(List<Long> some) {
        for (long one : some) {
            for (long other : all()) {
                if (!some.contains(other)) {
                    cut(one, other);
                }
            }
        }
    }

    void mend() {
        cluster.network().heal();
    }

    void mend(long one, long other) {
        cluster.network().heal(one, other);
    }

    void reset(long one, long other) {
        cluster.network().reset(one, other);
    }

    void inject(long from, long to, Message message) {
        cluster.model().strangersSpeak();
        cluster.network().inject(from, to, message);
    }

    // ---- clients and operators

    /** At the leader, so many that nothing of it is committed yet. */
    void write(int count) {
        writeAt(leader(), count);
    }

    void writeAt(long id, int count) {
        for (int i = 0; i < count; i++) {
            cluster.write(server(id));
        }
    }

    /** From now on somebody writes somewhere every so often, but no more than this world can bear. */
    void load(int everyMs) {
        loaded = true;
        loadNext(Math.max(everyMs * 1_000_000L, cluster.profile().leastBetweenWrites()));
    }

    private void loadNext(long everyNanos) {
        cluster.scheduler().in(random.nextLong(2 * everyNanos), () -> {
            if (loaded) {
                cluster.write(cluster.anyNode());
                loadNext(everyNanos);
            }
        });
    }

    void barrierAt(long id) {
        cluster.barrier(server(id));
    }

    void resign(long id, long successor) {
        server(id).receive(new Event.Resign(successor));
    }

    /** Asks the leader for a membership of which only these vote. */
    void askForVoters(long leader, List<Long> voters) {
        List<Member> members = new ArrayList<>();
        for (long id : all()) {
            Role role = voters.contains(id) ? Role.PARTICIPANT : Role.OBSERVER;
            members.add(new Member(id, "server" + id, 2888, 3888, role, 1, 0, "", Member.ANY_DATA));
        }
        server(leader).receive(new Event.ProposeMembership(++asked, new Membership(0, members), -1));
    }

    /** Only these vote from now on, and whoever asked for it was told so. */
    void untilVote(List<Long> voters) {
        int before = installed();
        until(voters + " vote", () -> {
            long leader = leaderOrNobody();
            if (leader != -1 && random.nextInt(50) == 0) {
                askForVoters(leader, voters);
            }
            return installed() > before;
        });
    }

    private int installed() {
        return cluster.nodes().stream().mapToInt(SimNode::membershipsInstalled).sum();
    }

    // ---- waiting

    void until(String what, SimCluster.Condition condition) {
        within(30, what, condition);
    }

    void within(int seconds, String what, SimCluster.Condition condition) {
        long end = cluster.scheduler().nowNanos() + seconds * 1_000_000_000L;
        if (!cluster.scheduler().runUntil(condition::holds, end)) {
            cluster.awaitOrFail(0, "The script waits in vain until " + what, condition);
        }
    }

    void forMs(int ms) {
        cluster.run(ms * 1_000_000L);
    }

    /** Whoever leads now; waits for one. */
    long leader() {
        until("somebody leads", () -> cluster.leader() != null);
        SimNode leader = cluster.leader();
        if (leader == null) {
            throw new IllegalStateException();
        }
        return leader.id();
    }

    /** Whoever leads with one of these servers; waits for it. */
    long leaderAmong(List<Long> ids) {
        until("one of " + ids + " leads", () -> leadingAmong(ids) != -1);
        return leadingAmong(ids);
    }

    /** Whoever of these dies is started again, until one of them leads. */
    long leaderAmongRestarted(List<Long> ids) {
        until("one of " + ids + " leads", () -> {
            start(ids);
            return leadingAmong(ids) != -1;
        });
        return leadingAmong(ids);
    }

    /** Whoever leads now; -1 if nobody does. */
    long leaderOrNobody() {
        return leadingAmong(all());
    }

    private long leadingAmong(List<Long> ids) {
        SimNode leader = cluster.leader();
        return leader != null && ids.contains(leader.id()) ? leader.id() : -1;
    }

    /** Has a server take over from whoever leads. */
    void untilLeads(long id) {
        until("server " + id + " leads", () -> {
            long leader = leaderOrNobody();
            if (leader != -1 && leader != id && server(id).isActive() && random.nextInt(50) == 0) {
                resign(leader, id);
            }
            return leader == id;
        });
    }

    void untilAllFollow() {
        until("all follow one leader", () -> cluster.followOneLeader());
    }

    /** Whoever dies is started again, until all follow one leader. */
    void untilAllFollowRestarted() {
        until("all follow one leader", () -> {
            start(all());
            return cluster.followOneLeader();
        });
    }

    void untilActive(long id) {
        until("server " + id + " is up to date", () -> server(id).isActive());
    }

    /** Everything that the leader, one of these, has is committed, and these servers know it. */
    void untilCommitted(List<Long> ids) {
        until(ids + " have it all", () -> {
            long leader = leadingAmong(ids);
            return leader != -1
                    && ids.stream()
                            .allMatch(id -> server(id).isUp()
                                    && server(id).machine().zxid()
                                            == server(leader).view().lastZxid());
        });
    }

    /** All that a server has is on its disk, unless it dies before. */
    void untilAllIsDurable(long id) {
        until(
                "server " + id + " has written all",
                () -> !server(id).isUp()
                        || server(id).view().lastZxid() == server(id).disk().lastZxid());
    }

    void untilDurable(long id, long zxid) {
        until(
                "server " + id + " has written " + Zxid.toString(zxid),
                () -> server(id).disk().holds(zxid));
    }

    // ---- moments: an event that is about to be taken, an effect that is about to be carried out

    /** Whether a server is at the moment that a script waits for. */
    @FunctionalInterface
    interface Moment {
        boolean isNow(long id, Object eventOrEffect);
    }

    /** What happens at that moment. */
    @FunctionalInterface
    interface Strike {
        void at(long id, Object eventOrEffect);
    }

    /** The next time that a moment comes, this happens just before it. */
    void at(Moment moment, Strike strike) {
        atNth(0, moment, strike);
    }

    /** This happens at such a moment after {@code count} others. */
    void atNth(int count, Moment moment, Strike strike) {
        int[] left = {count};
        cluster.watch((id, what) -> {
            boolean now = moment.isNow(id, what) && left[0]-- == 0;
            if (now) {
                strike.at(id, what);
            }
            return now;
        });
    }

    // ---- the end

    /** Clients are silent, everything is mended, and it all comes right. */
    void end() {
        loaded = false;
        cluster.heal();
        cluster.requireRecovery(() -> {});
    }
}
