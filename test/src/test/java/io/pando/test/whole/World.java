package io.pando.test.whole;

import io.pando.zab.model.Member;
import io.pando.zab.model.Member.Role;
import io.pando.zab.model.Membership;
import io.pando.zab.sim.Coverage;
import io.pando.zab.sim.Scheduler;
import io.pando.zab.sim.SimFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An ensemble and its clients, in one thread and in virtual time: all that happens follows from the seed. */
final class World {
    static final long SECOND = 1_000_000_000L;
    private static final int TRACE_LINES = 300;

    private final Profile profile;
    private final Scheduler scheduler;
    private final SplittableRandom choices;
    private final Coverage coverage = new Coverage();
    private final Oracle oracle;
    private final Paths paths = new Paths();
    private final PeerLinks links;
    private final TreeMap<Long, SimServer> servers = new TreeMap<>();
    private final List<SimClient> clients = new ArrayList<>();
    private final Membership membership;
    private final StorageNemesis storageNemesis;
    private final RotNemesis rotNemesis;
    private final Loneliness loneliness;
    private final Deque<TraceLine> trace = new ArrayDeque<>();
    private boolean mended;
    private long traceHash = 1;

    World(long seed) {
        this(new SplittableRandom(seed ^ 0x3C6EF372FE94F82AL));
    }

    private World(SplittableRandom root) {
        this(Profile.drawnFrom(root.split()), root);
    }

    /** A world of a certain kind, for a script. */
    World(Profile profile, SplittableRandom root) {
        this.profile = profile;
        scheduler = new Scheduler(root.split());
        choices = root.split();
        oracle = new Oracle(this);
        links = new PeerLinks(this, root.split());
        membership = membership(profile);
        for (Member member : membership.members()) {
            servers.put(member.id(), new SimServer(member.id(), this, root.split()));
        }
        for (int i = 0; i < profile.clients(); i++) {
            clients.add(new SimClient(i, this, root.split()));
        }
        storageNemesis = new StorageNemesis(this, root.split());
        rotNemesis = new RotNemesis(this, root.split());
        loneliness = new Loneliness(this, root.split());
        if (profile.hasSecrets()) {
            for (SimClient client : clients) {
                client.keep(root.split());
            }
        }
    }

    private static Membership membership(Profile profile) {
        List<Member> members = new ArrayList<>();
        for (int id = 1; id <= profile.participants() + profile.observers(); id++) {
            Role role = id <= profile.participants() ? Role.PARTICIPANT : Role.OBSERVER;
            members.add(new Member(id, "server" + id, 2888, 3888, role, 1, 0, "", Member.ANY_DATA));
        }
        return new Membership(0, members);
    }

    Profile profile() {
        return profile;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SplittableRandom choices() {
        return choices;
    }

    Coverage coverage() {
        return coverage;
    }

    Oracle oracle() {
        return oracle;
    }

    /** Between servers, and between clients and servers: what does not come through. */
    Paths paths() {
        return paths;
    }

    PeerLinks links() {
        return links;
    }

    Membership membership() {
        return membership;
    }

    Collection<SimServer> servers() {
        return servers.values();
    }

    SimServer server(long id) {
        SimServer server = servers.get(id);
        if (server == null) {
            throw new IllegalArgumentException("There is no server " + id);
        }
        return server;
    }

    List<SimClient> clients() {
        return clients;
    }

    @Nullable
    SimServer leader() {
        SimServer best = null;
        for (SimServer server : servers.values()) {
            if (server.isLeading() && (best == null || server.epoch() > best.epoch())) {
                best = server;
            }
        }
        return best;
    }

    /** Whether the leader knows all who are to vote by the data that they have, but for one who may have lost it. */
    boolean allVotersCount(@Nullable SimServer butOne) {
        SimServer leader = leader();
        Life life = leader == null ? null : leader.life();
        Membership members = life == null ? null : life.membership();
        return members != null
                && members.version() != 0
                && members.participants().stream()
                        .filter(member -> !server(member.id()).equals(butOne))
                        .allMatch(member -> server(member.id()).hasData(member.dataId()));
    }

    long nowNanos() {
        return scheduler.nowNanos();
    }

    long nowMs() {
        return scheduler.nowNanos() / 1_000_000;
    }

    /** Whether no fault is to come any more. */
    boolean isMended() {
        return mended;
    }

    void mend() {
        mended = true;
    }

    StorageNemesis storageNemesis() {
        return storageNemesis;
    }

    RotNemesis rotNemesis() {
        return rotNemesis;
    }

    Loneliness loneliness() {
        return loneliness;
    }

    static long exponential(RandomGenerator random, long mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    /** Put into words only if somebody wants to read it: there are thousands in every run. */
    record TraceLine(long atNanos, String who, String what) {
        @Override
        public String toString() {
            return "%10d us  %-9s %s".formatted(atNanos / 1000, who, what);
        }
    }

    void trace(String who, String what) {
        TraceLine line = new TraceLine(nowNanos(), who, what);
        traceHash = ((traceHash * 31 + line.atNanos) * 31 + who.hashCode()) * 31 + what.hashCode();
        trace.add(line);
        if (trace.size() > TRACE_LINES) {
            trace.remove();
        }
    }

    long traceHash() {
        return traceHash;
    }

    Collection<TraceLine> lastTraceLines() {
        return trace;
    }

    void run(long nanos) {
        scheduler.runUntil(scheduler.nowNanos() + nanos);
    }

    void awaitOrFail(long nanos, String what, BooleanSupplier condition) {
        long end = nowNanos() + nanos;
        while (!condition.getAsBoolean()) {
            if (nowNanos() >= end) {
                StringBuilder standing = new StringBuilder(what);
                servers.values().forEach(server -> standing.append("\n  ").append(server.standing()));
                clients.forEach(client -> standing.append("\n  ").append(client.standing()));
                throw new SimFailure(standing.toString());
            }
            run(SECOND / 50);
        }
    }
}
