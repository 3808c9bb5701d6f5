package io.pando.test.whole;

import io.pando.datatree.ErrorCode;
import io.pando.session.WriteRequest;
import io.pando.zab.sim.SimFailure;
import java.util.TreeMap;

/** Sessions that one server alone knows, because it is cut off: they read, and change nothing. The log never tells of them. */
final class Readers {
    private final World world;
    private final TreeMap<Long, Long> servers = new TreeMap<>();

    Readers(World world) {
        this.world = world;
    }

    boolean has(long sessionId) {
        return servers.containsKey(sessionId);
    }

    /** A server has given a client such a session, or has given it back. */
    void attached(long sessionId, long serverId) {
        Long before = servers.putIfAbsent(sessionId, serverId);
        if (before != null && before != serverId) {
            throw new SimFailure("Server " + serverId + " takes up session 0x" + Long.toHexString(sessionId)
                    + ", which only server " + before + " knows");
        }
        world.coverage().count(before == null ? "sessions of readers begun" : "sessions of readers taken up again");
    }

    /** Only a read, and the end of its session, is for a reader to ask. */
    void answered(Op op, Answer given) {
        ErrorCode expected = op.request() instanceof WriteRequest.CloseSession ? ErrorCode.OK : ErrorCode.NOT_READ_ONLY;
        if (given.code() != expected.code()) {
            throw new SimFailure(op + " of a session that only reads is answered with " + given);
        }
        world.coverage().count(expected == ErrorCode.OK ? "sessions of readers closed" : "requests of readers refused");
    }
}
