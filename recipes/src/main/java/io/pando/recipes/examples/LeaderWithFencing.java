package io.pando.recipes.examples;

import io.pando.client.Pando;
import io.pando.client.call.DataAndStat;
import io.pando.client.error.NodeExistsException;
import io.pando.client.error.TransactionFailedException;
import io.pando.datatree.CreateMode;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.leader.LeaderLatch;
import java.nio.charset.StandardCharsets;

/**
 * One of several processes counts, and another goes on where it ended. Two never count at the same time, even when one stood still for
 * long: each step is guarded by the token of the leadership, and so it is not carried out when that is over.
 */
public final class LeaderWithFencing {
    private final Pando pando;
    private final String counter;
    private final LeaderLatch latch;

    /**
     * One participant.
     *
     * @param path below which participants stand for election and the count is kept
     * @param id by which others know this one
     */
    public LeaderWithFencing(Pando pando, String path, String id) {
        this.pando = pando;
        this.counter = path + "/counter";
        this.latch = new LeaderLatch(pando, path + "/leader", id);
    }

    /** Takes part and counts while it leads, until the thread is interrupted. */
    public void run() throws InterruptedException {
        try {
            pando.create(counter).data("0").makeParents(CreateMode.PERSISTENT).now();
        } catch (NodeExistsException already) {
            // Somebody has been counting.
        }
        try (latch) {
            latch.start();
            while (!Thread.currentThread().isInterrupted()) {
                Held leadership = latch.await();
                count(leadership);
                leadership.ended().join();
            }
        }
    }

    private void count(Held leadership) throws InterruptedException {
        while (leadership.isCurrent()) {
            DataAndStat now = pando.getData(counter).now();
            String next = Long.toString(Long.parseLong(now.text()) + 1);
            try {
                leadership
                        .token()
                        .guard(pando.transaction())
                        .setData(
                                counter,
                                next.getBytes(StandardCharsets.UTF_8),
                                now.stat().version())
                        .now();
            } catch (TransactionFailedException refused) {
                // This leadership is over, and nobody was told yet; or somebody else has changed the counter.
                if (leadership.token().isRefusedBy(refused)) {
                    return;
                }
            }
        }
    }

    /** {@code LeaderWithFencing 127.0.0.1:2181 /count my-name}. */
    public static void main(String[] args) throws InterruptedException {
        try (Pando pando = Pando.connect(args[0]).open()) {
            new LeaderWithFencing(pando, args[1], args[2]).run();
        }
    }
}
