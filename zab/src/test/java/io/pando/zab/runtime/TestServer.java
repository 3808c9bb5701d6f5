package io.pando.zab.runtime;

import io.pando.zab.core.CoreConfig.Timing;
import io.pando.zab.core.RoleView;
import io.pando.zab.disk.StallingDisk;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A member of an ensemble with a core thread of its own and a {@link Ledger} for a state machine. */
final class TestServer {
    /** How long followers bear with a silent leader, and a leader with silent followers. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final BlockingQueue<Boolean> NEWS = new LinkedBlockingQueue<>(1);

    private final long id;
    private final Path dir;
    private final ZabConfig config;
    private final StallingDisk disk = new StallingDisk();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;
    // Written by the core thread, read by the test.
    private volatile Map<Long, String> entries = Map.of();
    private volatile RoleView role = new RoleView(RoleView.Kind.LOOKING, -1, 0, false);
    private volatile @Nullable Membership membership;
    private final AtomicInteger barriers = new AtomicInteger();
    private volatile boolean stopping;

    TestServer(long id, Membership members, Path dir) {
        this.id = id;
        this.dir = dir;
        Member itself = Objects.requireNonNull(members.member(id));
        this.config = ZabConfig.in(dir)
                .withSegmentBytes(64 * 1024)
                .withBallastBytes(4096)
                .withSnapshotEveryTxns(500)
                .withSnapshotsKept(1)
                .withLogKeptBytes(0)
                .withEnsemble(EnsembleConfig.member(
                                id,
                                members,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), itself.peerPort()),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), itself.bulkPort()))
                        .withTiming(patient()));
    }

    /** Three servers in one process share its processors: a moment in which none of them runs is no reason to elect. */
    private static Timing patient() {
        Timing usual = Timing.LAN;
        return new Timing(
                usual.heartbeat(),
                PATIENCE.toNanos(),
                PATIENCE.toNanos(),
                usual.discovery(),
                usual.finalizeWait(),
                usual.resend(),
                usual.resendMost(),
                usual.joinRetry(),
                usual.handover(),
                usual.diskStall(),
                usual.renewal());
    }

    /** Waits until a server has had a turn, or for a moment. */
    static void awaitNews() throws InterruptedException {
        NEWS.poll(20, TimeUnit.MILLISECONDS);
    }

    long id() {
        return id;
    }

    void start() {
        stopping = false;
        thread = new Thread(this::run, "test-core-" + id);
        thread.start();
    }

    private void run() {
        Machine machine = new Machine();
        try (ZabNode node = open(machine)) {
            machine.node = node;
            while (!stopping) {
                tasks.take().run();
                machine.proposeHeld();
                node.turn();
                entries = Map.copyOf(machine.ledger.entries());
                role = node.role();
                membership = node.membership();
                NEWS.offer(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            role = new RoleView(RoleView.Kind.LOOKING, -1, 0, false);
            tasks.clear();
            current = null;
        }
    }

    private ZabNode open(Machine machine) throws IOException {
        return ZabNode.start(
                config,
                new ThreadedHost(Duration.ZERO),
                disk,
                machine,
                new SplittableRandom(id),
                () -> tasks.add(() -> {}),
                halt -> stopping = true);
    }

    /** Its node, which does nothing by itself; instead of {@link #start}. */
    ZabNode open() throws IOException {
        return open(new Machine());
    }

    private @Nullable Machine current;

    /** Ends the server as far as one thread can: nothing is handed over. */
    void kill() {
        stopping = true;
        tasks.add(() -> {});
        Thread running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void wipe() throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    StallingDisk disk() {
        return disk;
    }

    boolean isUp() {
        return thread != null && thread.isAlive();
    }

    boolean isLeading() {
        return role.isLeading() && role.active();
    }

    boolean isActive() {
        return role.active();
    }

    int epoch() {
        return role.epoch();
    }

    Map<Long, String> entries() {
        return entries;
    }

    int barriers() {
        return barriers.get();
    }

    boolean knowsAsVoter(TestServer other) {
        Membership known = membership;
        Membership theirs = other.membership;
        return known != null && theirs != null && known.version() == theirs.version() && known.version() != 1L << 32;
    }

    /** Whether the beginning of the log is gone. */
    boolean hasPurged() {
        return !Files.exists(dir.resolve("0000000000000001.log"));
    }

    void propose(String text) {
        forward(text);
    }

    void forward(String text) {
        tasks.add(() -> node().forward(Ledger.bytes(text)));
    }

    void barrier() {
        tasks.add(() -> node().barrier(7));
    }

    void resign() {
        tasks.add(() -> node().resign());
    }

    private ZabNode node() {
        return Objects.requireNonNull(Objects.requireNonNull(current).node);
    }

    private final class Machine implements StateMachine {
        private final Ledger ledger = new Ledger();
        private final Deque<ByteBuffer> held = new ArrayDeque<>();
        private @Nullable ZabNode node;

        Machine() {
            current = this;
        }

        void proposeHeld() {
            ZabNode running = Objects.requireNonNull(node);
            while (running.mayPropose() && !held.isEmpty()) {
                running.propose(held.remove());
            }
        }

        @Override
        public Loaded read(InputStream snapshot, long zxid) throws IOException {
            return ledger.read(snapshot, zxid);
        }

        @Override
        public void deliver(long zxid, ByteBuffer payload) {
            ledger.deliver(zxid, payload);
        }

        @Override
        public SnapshotBody capture() {
            return ledger.capture();
        }

        @Override
        public void requested(long fromServer, ByteBuffer payload) {
            held.add(payload);
            tasks.add(() -> {});
        }

        @Override
        public void barrierPassed(long request, long zxid, long ordinal) {
            barriers.incrementAndGet();
        }
    }
}
