package io.pando.test.soak;

import io.pando.test.harness.Body;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Many attackers at once, each on a virtual thread and a connection of its own, until it is lifted. */
final class Siege implements AutoCloseable {
    /** A znode of nearly a megabyte, and one of nothing. */
    static final String LARGE = "/siege-large";

    static final String SMALL = "/siege-small";

    /** What is watched and changed all the time. */
    static final String FLOOD = "/siege-flood";

    private static final int LARGE_BYTES = 1_000_000;
    /** Between two attempts of one attacker: what they cost is to be the server's time rather than ours. */
    private static final int AGAIN_MS = 1_000;

    private final CountDownLatch lifted = new CountDownLatch(1);
    private final List<Thread> attackers = new ArrayList<>();
    private final List<RawClient> connections = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Attack, LongAdder> attempts = new EnumMap<>(Attack.class);

    /** Attackers of the given kinds, of so many of every kind. */
    Siege(List<Integer> ports, int attackersInAll, List<Attack> attacks) throws IOException {
        for (Attack attack : Attack.values()) attempts.put(attack, new LongAdder());
        try (RawClient client = RawClient.connect(ports.get(0), 30_000)) {
            client.call(Op.CREATE, Body.create(LARGE, new byte[LARGE_BYTES], 0));
            client.call(Op.CREATE, Body.create(SMALL, null, 0));
            client.call(Op.CREATE, Body.create(FLOOD, null, 0));
            client.closeSession();
        }
        for (Attack attack : attacks) {
            for (int i = 0; i < attack.attackersOf(attackersInAll); i++) {
                int port = ports.get(i % ports.size());
                attackers.add(Thread.ofVirtual().unstarted(() -> attackAgainAndAgain(attack, port)));
            }
        }
    }

    /** Not all in one moment: they would only queue before the port. */
    void begin() {
        for (Thread attacker : attackers) {
            attacker.start();
            if (!goesOn(1)) return;
        }
    }

    private void attackAgainAndAgain(Attack attack, int port) {
        do {
            try (RawClient client = attack.isNarrow() ? RawClient.openNarrow(port) : RawClient.open(port)) {
                if (!enter(client)) return;
                Objects.requireNonNull(attempts.get(attack)).increment();
                attack.commit(client, this);
            } catch (IOException | RuntimeException hungUp) {
                // As it should be: some of them are refused, some are cut off.
            } finally {
                open.decrementAndGet();
            }
        } while (goesOn(AGAIN_MS));
    }

    /** A blocked write ends when its socket is closed, so somebody has to know it. */
    private boolean enter(RawClient client) {
        open.incrementAndGet();
        synchronized (connections) {
            if (lifted.getCount() == 0) return false;
            connections.removeIf(RawClient::isClosed);
            connections.add(client);
            return true;
        }
    }

    /** Waits so long, unless the siege is lifted: then it answers false at once. */
    boolean goesOn(long ms) {
        try {
            return !lifted.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Connections that attackers hold open now. */
    int open() {
        return open.get();
    }

    /** How often each kind of attack was made. */
    Map<Attack, LongAdder> attempts() {
        return attempts;
    }

    /** Nobody attacks again, and whoever waits for the next step takes none. */
    void lift() {
        lifted.countDown();
    }

    @Override
    public void close() {
        lift();
        List<RawClient> all;
        synchronized (connections) {
            all = List.copyOf(connections);
        }
        all.forEach(RawClient::close);
    }
}
