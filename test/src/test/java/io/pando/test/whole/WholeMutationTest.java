package io.pando.test.whole;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.sim.Mutant;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules of the whole server, each taken out: the simulation notices within the stated number of seeds. A mutation that survives means
 * that the simulation is too weak (design: simulation.md section 7).
 */
@Tag("faults")
class WholeMutationTest {
    private static final Map<String, String> SOURCES = Map.of(
            "server", "../server/src/main/java/io/pando/server",
            "zab", "../zab/src/main/java/io/pando/zab",
            "datatree", "../datatree/src/main/java/io/pando/datatree");

    private final QuietLog quiet = new QuietLog("io.pando");

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", emptyValue = "", textBlock = """
        a one-shot watch that stays                      | server/watch/WatchTable.java      | int left = modes & ~oneShot; | int left = modes; | 5
        a deletion told twice                            | server/watch/Publication.java     | children.removeAll(told); | nothing | 5
        news of children kept from the parent's watchers | server/watch/Publication.java     | tellParent(change, zxid);\\n            }\\n            case DELETED | }\\n            case DELETED | 5
        a reply before the events of its write           | server/core/WritePath.java        | running.publication().tell(commit.applied(), commit.zxid());\\n            complete(commit); | complete(commit);\\n            running.publication().tell(commit.applied(), commit.zxid()); | 5
        a returning client misses new data               | server/request/WatchRequests.java | node.mzxid() > seen | node.mzxid() > seen + 1_000_000 | 40
        a persistent watch that ends with its connection | server/request/WatchRequests.java | set.persistent().forEach(path -> table.add(watcher, path, WatchMode.PERSISTENT)); | nothing | 5
        a recursive watch that sees only its own znode   | server/watch/WatchTable.java      | if (above.length() <= 1) { | if (above.length() <= path.length()) { | 5
        a request through the connection before          | server/core/Owners.java           | return owner == null || owner.origin() == origin; | return true; | 300
        a new leader that knows no mercy                 | server/core/Sessions.java         | session.heardAt(nowMs);\\n            session.staysOpen(); | session.staysOpen(); | 10
        a follower that ends sessions                    | server/core/Attachments.java      | if (part.role().active() && part.leadership() == null) { | if (part.role().active() && part.leadership() == null) { sessions.tick(System.nanoTime()); for (Session silent : sessions.takeSilent(sessions.question())) { tellLeader(new PeerWord.Write(origin, 0, new Ask.Write(silent.id(), 1_000_000, List.of(), new io.pando.session.WriteRequest.CloseSession()))); } | 5
        signs of life kept from the leader               | server/core/Sessions.java         | session.client() != null && session.isNews() | session.client() == null | 5
        a sync that asks nobody                          | server/core/ClientRequests.java   | case Ask.Sync wish -> askForBarrier(asked); | case Ask.Sync wish -> { asks.barred(); passed.add(new Passed(asked.request, 0, 0)); } | 400
        answers for another life of this server          | server/core/WritePath.java        | envelope.origin() == origin ? | envelope.origin() != 0 ? | 10
        sequence numbers that come back                  | server/request/WriteRules.java    | parent.creations() | parent.childCount() | 5
        children of ephemerals                           | server/request/WriteRules.java    | unless(!Owner.isEphemeral(parent.owner()), ErrorCode.NO_CHILDREN_FOR_EPHEMERALS); | nothing | 30
        a check that only looks for the znode            | server/request/WriteRules.java    | matchVersion(request.version(), node.version());\\n        return new Txn.Check | return new Txn.Check | 20
        parts of a multi that do not see each other      | server/request/Preparation.java   | rules.decide(next, requester, part, true) | rules.decide(tree, requester, part, true) | 5
        a multi that is carried out in part              | server/request/Preparation.java   | return failed(tree, zxid, timeMs, new Txn.MultiFailed(parts.size(), refusal.code())); | break; | 5
        a log that is not synced                         | zab/log/LogWriter.java            | log.commit();\\n            lastWriteNanos | log.write();\\n            lastWriteNanos | 30
        one record too many is cut                       | zab/core/SyncPlan.java            | new SyncPlan(SyncMode.TRUNC, point) | new SyncPlan(SyncMode.TRUNC, point - 1) | 50
        more committed than was sent                     | zab/core/Stream.java              | Zxid.isAfter(node.commitZxid(), sent) ? sent : node.commitZxid() | node.commitZxid() | 10
        a promise that is not durable                    | zab/core/Following.java           | node.promise(epoch, leader, proposed.clusterId()); | node.promiseDurable(node.promise(epoch, leader, proposed.clusterId())); onPromiseDurable(); | 100
        ephemerals that outlive their session            | datatree/TreeEdit.java            | session.forEachEphemeral(this::delete); | nothing | 5
        a server that is outvoted and goes on            | server/core/TreeGuard.java        | mine.isEmpty() || mine.getAsLong() == word.digest() | mine.isEmpty() || mine.isPresent() | 40
        a write that nobody has permitted                | server/request/WriteRules.java    | allow(requester, node, Perms.WRITE); | nothing | 20
        a read that nobody has permitted                 | server/request/Reads.java         | unless(access.allows(requester.identities(), node.acl(), Perms.READ), ErrorCode.NO_AUTH); | nothing | 20
        news of what one may not read                    | server/watch/Publication.java     | if (open || access.allows(watcher.identities(), acl, Perms.READ)) { | if (open || !watcher.identities().isEmpty()) { | 60
        a follower that keeps to itself who has asked    | server/core/PeerWord.java         | out.writeInt(write.ask.identities().size());\\n                for (Id id : write.ask.identities()) { | out.writeInt(0);\\n                for (Id id : List.<Id>of()) { | 20
        damage that a server is content with             | zab/log/DamageRule.java           | promises.promise(promise.withFloor(floor, FloorReason.LOG_DAMAGED)); | promises.promise(promise); | 60
        a request that a full ring has no place for      | server/connection/RequestFlow.java | if (!submit(xid, request, connection.identities(), bytes)) {\\n                return false;\\n            } | submit(xid, request, connection.identities(), bytes); | 100
        a core that is not told who is gone              | server/connection/Farewell.java   | if (!services.core().disconnected(gone, session)) { | if (gone.sessionId() == 1) { | 5
        a message that a full inbox has no place for     | zab/runtime/Inbox.java            | return false; | return true; | 60
        a message that a full inbox takes and refuses    | zab/runtime/Inbox.java            | return false; | put(new Event.Received(link, message)); return false; | 60
        a link that is not read any more                 | zab/runtime/Peers.java            | network.get().links().resumeReading(); | nothing | 60
        a writer that is made to read                    | server/core/LocalSessions.java    | Local local = request.readOnly() ? sessionFor(request, nowMs) : null; | Local local = sessionFor(request, nowMs); | 100
        a reader that is told of something else          | server/core/LocalSessions.java    | client.send(new Outbound.Refused(published, ErrorCode.NOT_READ_ONLY)); | client.send(new Outbound.Refused(published, ErrorCode.NO_AUTH)); | 100
        readers that stay when there is a leader again   | server/core/Core.java             | localSessions.endAll(published().zxid()); | nothing | 400
        the digest of another zxid than asked about      | server/core/WritePath.java        | guard.passing(zxid, commits.tree()); | nothing | 120
        """)
    void a_rule_that_is_missing_is_noticed(String what, String file, String rule, String instead, int seeds)
            throws Exception {
        requireNoticed(what, mutant(file, rule, instead, WholeSimulation.class), seeds);
    }

    /** What chance comes to too rarely is left to a script. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", emptyValue = "", textBlock = """
        an end of a session that no quorum confirmed     | server/core/ClientRequests.java   | running.node().barrier(-question); | confirmed = question; | CutOffLeader | 5
        a full disk on which no session can be closed    | server/core/Leadership.java       | !ask.endsSession() && !node.writable() | !node.writable() | FullDisks | 5
        a log filled to the last byte                    | zab/log/LogStore.java             | (!next.isAwaited() && current.hasReserve()) | !next.isAwaited() | FullDisks | 5
        """)
    void a_rule_that_is_missing_is_noticed_by_a_script(
            String what, String file, String rule, String instead, String script, int seeds) throws Exception {
        Class<?> simulation = Class.forName("io.pando.test.whole." + script);

        requireNoticed(what, mutant(file, rule, instead, simulation), seeds);
    }

    private static Mutant mutant(String file, String rule, String instead, Class<?> simulation) throws Exception {
        String module = file.substring(0, file.indexOf('/'));
        Path path = Path.of(SOURCES.get(module) + file.substring(module.length()));
        Method original = simulation.getDeclaredMethod("run", long.class);
        return Mutant.of(path, inLines(rule), inLines(instead), "io.pando.", original);
    }

    private static void requireNoticed(String what, Mutant mutant, int seeds) {
        assertTrue(
                LongStream.rangeClosed(1, seeds).anyMatch(seed -> isNoticed(mutant, seed)),
                () -> "Nothing noticed within " + seeds + " seeds: " + what);
    }

    private static String inLines(String text) {
        return text.equals("nothing") ? "" : text.replace("\\n", "\n");
    }

    private static boolean isNoticed(Mutant mutant, long seed) {
        try {
            return !mutant.failure(seed).isEmpty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
