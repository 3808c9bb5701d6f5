package io.pando.test.whole;

import io.pando.datatree.Txn;
import io.pando.zab.core.RoleView;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.SimFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is right about the sessions: when they may begin, write and end. */
final class Sessions {
    /** Of what a timeout says, a server's clock may be faster by so much. */
    private static final double FASTEST_CLOCK = 1.1;

    private final World world;
    private final TreeMap<Long, Life> lives = new TreeMap<>();
    private final TreeSet<Long> live = new TreeSet<>();
    private final TreeSet<Long> kept = new TreeSet<>();
    private final TreeSet<Long> toldToBeOver = new TreeSet<>();
    private final Map<Long, Leading> leading = new HashMap<>();
    private final Map<Integer, Leading> leaders = new HashMap<>();
    private boolean calm;

    /** A session, as the log tells of it. */
    private static final class Life {
        private final int timeoutMs;
        private long closedZxid;
        private boolean closeAsked;
        private int lastXid;

        Life(int timeoutMs) {
            this.timeoutMs = timeoutMs;
        }
    }

    private record Leading(long serverId, long sinceMs) {}

    Sessions(World world) {
        this.world = world;
    }

    Set<Long> live() {
        return live;
    }

    private static String name(long id) {
        return "session 0x" + Long.toHexString(id);
    }

    private Life life(long id) {
        Life life = lives.get(id);
        if (life == null) {
            throw new SimFailure("There never was a " + name(id));
        }
        return life;
    }

    // ---- what the log says

    void created(Txn.CreateSession created, long zxid) {
        world.coverage().count("sessions begun");
        if (lives.put(created.id(), new Life(created.timeoutMs())) != null) {
            throw new SimFailure("Begun twice, now as " + Zxid.toString(zxid) + ": " + name(created.id()));
        }
        live.add(created.id());
    }

    void closed(long id, long zxid, boolean byServer) {
        Life life = life(id);
        if (life.closedZxid == 0) {
            life.closedZxid = zxid;
        }
        live.remove(id);
        if (byServer) {
            world.coverage().count("sessions expired");
            requireSilence(id, life, zxid);
        } else if (life.closeAsked) {
            world.coverage().count("sessions closed");
        } else {
            throw new SimFailure("Nobody has asked to close " + name(id));
        }
    }

    /** A new leader gives every session its whole timeout again, and nobody else ends sessions. */
    private void requireSilence(long id, Life life, long zxid) {
        Leading leader = leaders.get(Zxid.epoch(zxid));
        if (leader != null && world.nowMs() - leader.sinceMs < life.timeoutMs / FASTEST_CLOCK) {
            throw new SimFailure("Server " + leader.serverId + " leads since " + (world.nowMs() - leader.sinceMs)
                    + " ms and ends " + name(id) + " of " + life.timeoutMs + " ms already");
        }
        if (calm && kept.contains(id)) {
            throw new SimFailure("The client is there, nothing is broken, and it is ended: " + name(id));
        }
    }

    void writes(Op op, long zxid) {
        Life life = life(op.sessionId());
        if (life.closedZxid != 0) {
            throw new SimFailure("Carried out as " + Zxid.toString(zxid) + " when its session was over: " + op);
        }
        if (op.xid() <= life.lastXid) {
            throw new SimFailure("Carried out as " + Zxid.toString(zxid) + " behind request " + life.lastXid
                    + " of the same session: " + op);
        }
        life.lastXid = op.xid();
    }

    // ---- who leads

    void roleChanged(long serverId, RoleView role) {
        if (!role.isLeading() || !role.active()) {
            leading.remove(serverId);
            return;
        }
        Leading its = leading.computeIfAbsent(serverId, id -> new Leading(id, world.nowMs()));
        Leading other = leaders.putIfAbsent(role.epoch(), its);
        if (other != null && other.serverId != serverId) {
            throw new SimFailure(
                    "Servers " + other.serverId + " and " + serverId + " both lead in epoch " + role.epoch());
        }
        world.coverage().count("leaderships established");
    }

    void serverEnded(long serverId) {
        leading.remove(serverId);
    }

    // ---- what clients are told

    void closeAsked(long id) {
        life(id).closeAsked = true;
    }

    void closeAnswered(Op op, long zxid) {
        long closedZxid = life(op.sessionId()).closedZxid;
        if (closedZxid == 0 || closedZxid > zxid) {
            throw new SimFailure("Told to be closed, and is not: " + name(op.sessionId()));
        }
    }

    /** @param floor the newest zxid that anybody had been told of when the client asked */
    void attached(long id, long floor) {
        Life life = life(id);
        if (life.closedZxid != 0 && life.closedZxid <= floor) {
            throw new SimFailure(
                    "Taken up again although it ended as " + Zxid.toString(life.closedZxid) + ": " + name(id));
        }
    }

    /** A client is told that its session is over: so it is, or will be soon. */
    void rejected(long id) {
        if (calm && kept.contains(id)) {
            throw new SimFailure("Nothing is broken, and the client is refused " + name(id));
        }
        toldToBeOver.add(id);
    }

    // ---- the end

    /** From now on these are not to end any more. */
    void keep(Set<Long> ids) {
        calm = true;
        kept.addAll(ids);
    }

    void requireEnds() {
        for (long id : toldToBeOver) {
            if (life(id).closedZxid == 0) {
                throw new SimFailure("A client was told that it is over, and it is not: " + name(id));
            }
        }
    }
}
