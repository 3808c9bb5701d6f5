package io.pando.test.whole;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.Znode;
import io.pando.server.core.Envelope;
import io.pando.session.ReadRequest;
import io.pando.session.SessionRequest;
import io.pando.session.WriteRequest;
import io.pando.zab.core.RoleView;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.SimFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is right. The log that the servers have committed is the order in which everything happened; whatever servers deliver, and
 * whatever clients are told, must be what follows from it by the rules (simulation.md section 8.1).
 */
final class Oracle {
    private final World world;
    private final Znodes znodes = new Znodes();
    private final Writes writes = new Writes(znodes);
    private final Reads reads = new Reads(znodes);
    private final Sessions sessions;
    private final Readers readers;
    private final Envelope.Codec codec = new Envelope.Codec();
    private final TreeMap<Long, Entry> log = new TreeMap<>();
    private final Map<Long, Long> delivered = new HashMap<>();
    private final Map<Long, Long> digests = new HashMap<>();
    private final Map<Long, Long> published = new HashMap<>();
    private final Map<Written, Op> asked = new HashMap<>();
    private final Map<Written, Entry> carriedOut = new HashMap<>();
    private long newestTold;
    private boolean treesMayDiffer;

    private record Written(long sessionId, int xid) {}

    /**
     * A committed transaction.
     *
     * @param answer what its client is to be told; null if it is nobody's write
     */
    record Entry(
            long zxid,
            int payloadHash,
            List<Znodes.Change> changes,
            @Nullable Answer answer) {}

    Oracle(World world) {
        this.world = world;
        this.sessions = new Sessions(world);
        this.readers = new Readers(world);
    }

    Znodes znodes() {
        return znodes;
    }

    Sessions sessions() {
        return sessions;
    }

    Readers readers() {
        return readers;
    }

    /** The newest zxid that anybody has been told of. */
    long newestTold() {
        return newestTold;
    }

    long lastCommitted() {
        return log.isEmpty() ? 0 : log.lastKey();
    }

    Collection<Entry> between(long after, long upTo) {
        return after >= upTo ? List.of() : log.subMap(after, false, upTo, true).values();
    }

    private static SimFailure failure(String what) {
        return new SimFailure(what);
    }

    // ---- what servers do

    /** A server has installed a snapshot, or begins with one. */
    void installed(long serverId, long zxid) {
        world.coverage().count("snapshots installed");
        delivered.put(serverId, zxid);
    }

    void ended(long serverId) {
        delivered.remove(serverId);
        published.remove(serverId);
        sessions.serverEnded(serverId);
    }

    void roleChanged(long serverId, RoleView role) {
        world.coverage().count("role " + role.kind() + (role.active() ? "" : ", not active"));
        world.trace("server " + serverId, "is " + role);
        sessions.roleChanged(serverId, role);
    }

    void delivered(long serverId, long zxid, ByteBuffer payload) {
        long before = delivered.getOrDefault(serverId, 0L);
        int hash = payload.hashCode();
        Entry known = log.get(zxid);
        Long due = log.higherKey(before);
        if (due != null && due != zxid) {
            throw failure("Server " + serverId + " delivers " + Zxid.toString(zxid) + " behind " + Zxid.toString(before)
                    + ", but the next that was committed is " + Zxid.toString(due));
        }
        if (known == null) {
            commit(zxid, hash, codec.decode(payload));
        } else if (known.payloadHash != hash) {
            throw failure("Server " + serverId + " delivers something else than others as " + Zxid.toString(zxid));
        }
        delivered.put(serverId, zxid);
    }

    private void commit(long zxid, int hash, Envelope envelope) {
        world.coverage().count("transactions committed");
        world.trace("log", Zxid.toString(zxid) + " " + envelope.txn());
        Answer answer = null;
        switch (envelope.txn()) {
            case Txn.CreateSession created -> sessions.created(created, zxid);
            case Txn.CloseSession closed -> {
                sessions.closed(closed.id(), zxid, envelope.origin() == 0);
                znodes.close(zxid, closed.id());
            }
            default -> answer = write(zxid, envelope);
        }
        Entry entry = new Entry(zxid, hash, znodes.takeChanges(), answer);
        log.put(zxid, entry);
        if (answer != null) {
            carriedOut.put(new Written(envelope.sessionId(), envelope.xid()), entry);
        }
    }

    private Answer write(long zxid, Envelope envelope) {
        Written written = new Written(envelope.sessionId(), envelope.xid());
        Op op = asked.get(written);
        if (op == null) {
            throw failure("Nobody has asked for " + envelope);
        }
        if (carriedOut.containsKey(written)) {
            throw failure("Carried out twice, the second time as " + Zxid.toString(zxid) + ": " + op);
        }
        if (zxid <= op.floor()) {
            throw failure("Somebody had been told of " + Zxid.toString(op.floor()) + " before there was " + op
                    + ", which is carried out as " + Zxid.toString(zxid));
        }
        sessions.writes(op, zxid);
        Answer answer = writes.write(zxid, envelope.timeMs(), op);
        int code = switch (envelope.txn()) {
            case Txn.Failed failed -> failed.code().code();
            default -> 0;
        };
        if (code != answer.code()) {
            throw failure(op + " is decided as " + envelope.txn() + ", but should be " + answer);
        }
        return answer;
    }

    /** Some server has another tree than it should, until that is found. */
    void treeWasBent() {
        world.coverage().count("trees bent");
        treesMayDiffer = true;
    }

    /** A server disowns its data, because a quorum has another tree. */
    void outvoted(long serverId, String why) {
        if (!treesMayDiffer) {
            throw failure("Server " + serverId + " disowns its data, and nothing was wrong with it: " + why);
        }
        world.coverage().count(world.server(serverId).isBent() ? "servers outvoted" : "servers outvoted by bent ones");
    }

    /** A server shows a tree to its clients. */
    void published(long serverId, Tree tree) {
        Long before = published.put(serverId, tree.zxid());
        if (before != null && before == tree.zxid()) {
            return;
        }
        if (before != null && before > tree.zxid()) {
            throw failure(
                    "Server " + serverId + " shows " + Zxid.toString(tree.zxid()) + " after " + Zxid.toString(before));
        }
        Long same = digests.putIfAbsent(tree.zxid(), tree.digest());
        if (same != null && same != tree.digest() && !treesMayDiffer) {
            throw failure("Server " + serverId + " has another tree than others at " + Zxid.toString(tree.zxid()));
        }
    }

    // ---- what clients do and are told

    /** A client is about to ask for this. */
    Op asked(Op op) {
        if (op.request() instanceof WriteRequest) {
            asked.put(new Written(op.sessionId(), op.xid()), op);
        }
        return op;
    }

    void told(long zxid) {
        newestTold = Math.max(newestTold, zxid);
    }

    void answered(Op op, long zxid, Answer given) {
        boolean onlyReads = readers.has(op.sessionId());
        switch (op.request()) {
            case WriteRequest write when onlyReads -> readers.answered(op, given);
            case SessionRequest.Sync sync when onlyReads -> readers.answered(op, given);
            case WriteRequest.CloseSession close -> sessions.closeAnswered(op, zxid);
            case WriteRequest write -> writeAnswered(op, zxid, given);
            case ReadRequest read -> readAnswered(op, read, zxid, given);
            case SessionRequest.Sync sync -> {
                if (zxid < op.floor()) {
                    throw failure(op + " is answered at " + Zxid.toString(zxid) + ", when somebody had been told of "
                            + Zxid.toString(op.floor()) + " before");
                }
            }
            default -> {}
        }
    }

    /** A change was watched by somebody who may not read it. */
    void keptFromWatcher() {
        world.coverage().count("events kept from watchers without permission");
    }

    private void writeAnswered(Op op, long zxid, Answer given) {
        Entry entry = carriedOut.get(new Written(op.sessionId(), op.xid()));
        if (given.code() == ErrorCode.SYSTEM_ERROR.code()) {
            if (entry != null) {
                throw failure("Refused, and carried out as " + Zxid.toString(entry.zxid) + ": " + op);
            }
            world.coverage().count("writes refused for want of room");
            return;
        }
        if (entry == null) {
            throw failure("Answered, and not committed: " + op + ", " + given);
        }
        if (entry.zxid != zxid || !given.equals(entry.answer)) {
            throw failure(op + " is answered with " + given + " at " + Zxid.toString(zxid) + ", but should be with "
                    + entry.answer + " at " + Zxid.toString(entry.zxid));
        }
    }

    private void readAnswered(Op op, ReadRequest read, long zxid, Answer given) {
        Answer expected = reads.read(zxid, read, op.identities());
        if (!expected.equals(given)) {
            throw failure(
                    op + " is answered with " + given + ", but at " + Zxid.toString(zxid) + " there was " + expected);
        }
    }

    // ---- the end

    /** A tree with everything in it must be what the log has made. */
    void requireSame(long serverId, Tree tree) {
        TreeSet<String> found = new TreeSet<>();
        collect(tree.root(), "", found);
        Set<String> expected = znodes.paths();
        expected.remove("/");
        if (!found.equals(expected)) {
            throw failure("Server " + serverId + " has " + found + ", but should have " + expected);
        }
        znodes.forEach((path, stat) -> {
            Znode node = tree.find(path);
            byte[] data = node == null ? null : node.data();
            String text = data == null ? "" : new String(data, StandardCharsets.UTF_8);
            if (node == null
                    || !node.stat().equals(stat)
                    || !text.equals(znodes.dataOf(path))
                    || !node.acl().equals(znodes.aclOf(path))) {
                throw failure("On server " + serverId + ", " + path + " is " + node + ", but should be " + stat);
            }
        });
        TreeSet<Long> live = new TreeSet<>();
        tree.forEachSession(session -> live.add(session.id()));
        if (!live.equals(sessions.live())) {
            throw failure("Server " + serverId + " has sessions " + live + ", but should have " + sessions.live());
        }
    }

    private static void collect(Znode node, String path, Set<String> found) {
        node.forEachChild(child -> {
            String its = path + "/" + child.name();
            if (!its.equals("/zookeeper")) {
                found.add(its);
                collect(child, its, found);
            }
        });
    }
}
