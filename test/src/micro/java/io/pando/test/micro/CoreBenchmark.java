package io.pando.test.micro;

import io.pando.datatree.Acl;
import io.pando.datatree.Owner;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.auth.AccessControl;
import io.pando.server.request.Preparation;
import io.pando.server.request.Prepared;
import io.pando.server.request.QuotaRules;
import io.pando.server.request.Requester;
import io.pando.server.request.WriteRules;
import io.pando.session.WriteRequest;
import io.pando.zab.core.CoreConfig;
import io.pando.zab.core.Effect;
import io.pando.zab.core.Effects;
import io.pando.zab.core.Event;
import io.pando.zab.core.RecoveredState;
import io.pando.zab.core.ZabCore;
import io.pando.zab.model.EpochTable;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.model.Promise;
import io.pando.zab.model.Zxid;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the core thread does for a write, but for threads, disk and links: deciding it, and proposing and delivering it, alone or
 * with others that came together. The broadcast is that of one server, whose log is durable at once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoreBenchmark {
    private static final int TOGETHER = 64;
    private static final int ZNODES = 1_000;
    private static final long TIME_MS = 1_700_000_000_000L;
    private static final long SESSION = 1;
    private static final UUID NO_CLUSTER = new UUID(0, 0);
    private static final UUID DATA = new UUID(0, 1);

    private final byte[] data = new byte[100];
    private final SplittableRandom random = new SplittableRandom(1);
    private final Preparation preparation =
            new Preparation(new WriteRules(new AccessControl(null, null, true), new QuotaRules(true), false, false));
    private final Requester requester = new Requester(
            SESSION, new AccessControl(null, null, true).initialIdentities(InetAddress.getLoopbackAddress()));
    private final WriteRequest[] sets = new WriteRequest[ZNODES];
    private Tree tree = Tree.empty();

    private final Effects effects = new Effects();
    private final ZabCore core = new ZabCore(
            new CoreConfig(
                    1,
                    DATA,
                    onlyMember(),
                    true,
                    CoreConfig.Limits.USUAL,
                    CoreConfig.Timing.LAN,
                    CoreConfig.USUAL_LAST_COUNTER),
            new RecoveredState(Promise.NONE, NO_CLUSTER, Zxid.NONE, Zxid.NONE, EpochTable.EMPTY, List.of(), null, null),
            random,
            effects);
    private final Queue<Event> answers = new ArrayDeque<>();
    private final ByteBuffer payload = ByteBuffer.allocate(160);
    private long nowNanos;
    private long delivered;

    private static Membership onlyMember() {
        return new Membership(
                0, List.of(new Member(1, "localhost", 2888, 3888, Member.Role.PARTICIPANT, 1, 0, "", Member.ANY_DATA)));
    }

    @Setup
    public void makeZnodes() {
        for (int i = 0; i < ZNODES; i++) {
            var path = "/znode-" + i;
            tree = tree.apply(i + 1, TIME_MS, new Txn.Create(path, data, Acl.OPEN, Owner.PERSISTENT))
                    .tree();
            sets[i] = new WriteRequest.SetData(path, data, -1);
        }
    }

    @Setup
    public void lead() {
        step(new Event.Start());
        for (int i = 0; i < 1_000 && !core.mayPropose(); i++) {
            nowNanos = Math.max(nowNanos + 1, core.nextDeadlineNanos());
            step(new Event.Tick());
        }
        if (!core.mayPropose()) {
            throw new IllegalStateException("A server alone does not lead.");
        }
    }

    @Benchmark
    public Prepared aSetDecided() {
        return preparation.prepare(tree, ZNODES + 1, TIME_MS, requester, sets[random.nextInt(ZNODES)]);
    }

    @Benchmark
    public long oneProposedAndDelivered() {
        return proposeAndDeliver(1);
    }

    /** The time is that of all of them. */
    @Benchmark
    public long manyProposedAndDelivered() {
        return proposeAndDeliver(TOGETHER);
    }

    private long proposeAndDeliver(int count) {
        long last = 0;
        for (int i = 0; i < count; i++) {
            last = core.propose(payload.clear());
        }
        nowNanos += 1_000;
        core.flush(nowNanos);
        carryOut();
        if (delivered != last) {
            throw new IllegalStateException("Proposed up to " + last + ", delivered up to " + delivered);
        }
        return last;
    }

    private void step(Event event) {
        core.step(event, nowNanos);
        carryOut();
    }

    private void carryOut() {
        effects.drainTo(this::carryOut);
        for (Event answer = answers.poll(); answer != null; answer = answers.poll()) {
            core.step(answer, nowNanos);
            effects.drainTo(this::carryOut);
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Append append ->
                answers.add(new Event.LogDurable(
                        append.generation(), append.records().lastZxid()));
            case Effect.PersistPromise promise -> answers.add(new Event.PromiseDurable(promise.sequence()));
            case Effect.Deliver deliver -> delivered = deliver.records().lastZxid();
            case Effect.Halt halt -> throw new IllegalStateException(halt.reason());
            default -> {}
        }
    }
}
