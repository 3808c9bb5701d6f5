package io.pando.server.core;

import io.pando.datatree.Tree;
import io.pando.server.figures.ServerFigures;
import io.pando.zab.model.Member;
import io.pando.zab.runtime.ZabNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what this server has made of the history against what the others have made of it. Once a second the leader asks everybody, itself
 * included, for the digest of the tree at the zxid that was proposed last:
 *
 * <pre>
 *   leader: Compare ─▶ all: Fingerprint ─▶ leader: a quorum agrees ─▶ whoever differs: Outvoted, takes itself out
 *                                                  nobody agrees   ─▶ whoever differs: Disputed, says so
 * </pre>
 *
 * <p>A server that is outvoted believes that only of a digest that it has really given; then it disowns its data and stops. What becomes
 * of it is for its next start. Core thread.
 */
final class TreeGuard {
    private static final Logger log = LoggerFactory.getLogger(TreeGuard.class);
    private static final long EVERY_MS = 1000;
    private static final long COMPLAIN_EVERY_MS = 60_000;
    private static final int OPEN_COMPARISONS = 16;

    private final long serverId;
    private final ServerFigures figures;
    private final LongSupplier wallClockMs;
    private final Fingerprints own = new Fingerprints();
    private final List<Fingerprints.Fingerprint> due = new ArrayList<>();
    private final Deque<Comparison> comparisons = new ArrayDeque<>(); // of a leader
    private long nowMs;
    private long askAtMs;
    private long complainAtMs;

    TreeGuard(long serverId, ServerFigures figures, LongSupplier wallClockMs) {
        this.serverId = serverId;
        this.figures = figures;
        this.wallClockMs = wallClockMs;
    }

    // ---- every server

    /** The leader wants to know the digest at this zxid. To be noted before anything else is delivered. */
    void asked(long zxid, Tree delivered) {
        own.ask(zxid, delivered);
    }

    /** The tree is about to change by {@code next}, the first that is not in it. */
    void passing(long next, Commits commits) {
        if (own.isAskedBefore(next)) { // it rarely is: the tree is not to be asked for at every transaction
            due.addAll(own.passing(next, commits.tree()));
        }
    }

    /** There is no leader any more that has asked, or this is another tree than the one that was asked about. */
    void forget() {
        own.forget();
        due.clear();
        comparisons.clear();
    }

    /** Tells the leader what it has asked about and is reached. Returns whether there was anything. */
    boolean answer(ZabNode node, Commits commits) {
        passing(node.lastDelivered() + 1, commits);
        boolean something = !due.isEmpty();
        for (Fingerprints.Fingerprint reached : due) {
            node.forward(
                    PeerWord.encode(new PeerWord.Fingerprint(reached.zxid(), Tree.DIGEST_VERSION, reached.digest())));
        }
        due.clear();
        return something;
    }

    /** Others are right, and this server is not. */
    void outvoted(PeerWord.Outvoted word, ZabNode node, Tree delivered) {
        OptionalLong mine = own.at(word.zxid());
        if (mine.isEmpty() || mine.getAsLong() == word.digest()) {
            log.warn(
                    "Server {} says that this server is wrong about {}, which it has not said.",
                    leader(node),
                    hex(word.zxid()));
            return;
        }
        figures.digestMismatch();
        String difference = "The tree of this server, %d, has the digest %s at zxid %s, and those of a quorum have %s"
                .formatted(serverId, hex(mine.getAsLong()), hex(word.zxid()), hex(word.digest()));
        log.error(
                "{}. It stops serving, sets its data aside and gets everything from the others. Look into what was set"
                        + " aside: a disk, memory or the program has failed.",
                difference);
        node.disown(difference, """
            %s.
            Found: %s, in epoch %d of leader %d
            Its tree then: zxid %s, %d znodes, %d bytes, %d ephemerals, %d sessions
            Beside this file, and in the folder of this name in dataLogDir, is its data as it was then.
            """.formatted(
                        difference,
                        Instant.ofEpochMilli(wallClockMs.getAsLong()),
                        node.role().epoch(),
                        leader(node),
                        hex(delivered.zxid()),
                        delivered.nodeCount(),
                        delivered.dataBytes(),
                        delivered.ephemeralCount(),
                        delivered.sessionCount()));
    }

    /** Another server has another tree, and nobody can say which of them is right. */
    void disputed(PeerWord.Disputed word, ZabNode node) {
        OptionalLong mine = own.at(word.zxid());
        if (mine.isPresent() && mine.getAsLong() != word.digest()) {
            figures.digestMismatch();
            complainOfDispute(word.zxid(), mine.getAsLong(), List.of(leader(node)));
        }
    }

    private void complainOfDispute(long zxid, long mine, List<Long> others) {
        if (mayComplain()) {
            log.error(
                    "The trees of servers {} and {} differ at zxid {}, where this server has the digest {}, and no"
                            + " quorum agrees on one: nobody can tell which is right, and all go on. See \"trees that"
                            + " differ\" in docs/failures.md.",
                    serverId,
                    others,
                    hex(zxid),
                    hex(mine));
        }
    }

    private boolean mayComplain() {
        boolean may = nowMs >= complainAtMs;
        complainAtMs = may ? nowMs + COMPLAIN_EVERY_MS : complainAtMs;
        return may;
    }

    void timeIs(long monotonicMs) {
        nowMs = monotonicMs;
    }

    // ---- a leader

    /** Asks everybody, if it is time again. */
    void compare(ZabNode node) {
        if (nowMs < askAtMs) {
            return;
        }
        askAtMs = nowMs + EVERY_MS;
        Comparison last = comparisons.peekLast();
        if (last != null) {
            disputeIfUndecided(last, node);
        }
        Comparison next = new Comparison(node.lastProposed());
        comparisons.removeIf(before -> before.zxid() == next.zxid());
        comparisons.add(next);
        if (comparisons.size() > OPEN_COMPARISONS) {
            comparisons.remove();
        }
        ByteBuffer question = PeerWord.encode(new PeerWord.Compare(next.zxid()));
        for (Member member : node.membership().members()) {
            node.reply(member.id(), question.duplicate());
        }
    }

    /** A server has answered. */
    void answered(long fromServer, PeerWord.Fingerprint answer, ZabNode node) {
        if (answer.version() != Tree.DIGEST_VERSION) {
            return; // a release that makes digests in another way
        }
        for (Comparison open : comparisons) {
            if (open.zxid() == answer.zxid()) {
                open.has(fromServer, answer.digest());
                open.right(node::isQuorum).ifPresent(right -> outvote(open, right, node));
            }
        }
    }

    private void outvote(Comparison decided, long right, ZabNode node) {
        for (long wrong : decided.othersThan(right)) {
            if (wrong != serverId) {
                figures.digestMismatch();
                if (mayComplain()) {
                    log.error(
                            "The tree of server {} differs from those of a quorum at zxid {}; that server has to get"
                                    + " its data anew.",
                            wrong,
                            hex(decided.zxid()));
                }
            }
            node.reply(wrong, PeerWord.encode(new PeerWord.Outvoted(decided.zxid(), right)));
        }
    }

    private void disputeIfUndecided(Comparison last, ZabNode node) {
        OptionalLong mine = last.of(serverId);
        if (mine.isEmpty() || last.right(node::isQuorum).isPresent()) {
            return;
        }
        List<Long> others = last.othersThan(mine.getAsLong());
        if (others.isEmpty()) {
            return;
        }
        figures.digestMismatch();
        complainOfDispute(last.zxid(), mine.getAsLong(), others);
        PeerWord dispute = new PeerWord.Disputed(last.zxid(), mine.getAsLong());
        others.forEach(other -> node.reply(other, PeerWord.encode(dispute)));
    }

    private static long leader(ZabNode node) {
        return node.role().leader();
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
