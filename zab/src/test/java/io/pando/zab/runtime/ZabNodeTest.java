package io.pando.zab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.pando.zab.log.DirectoryInUseException;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ensemble of one on a real disk. */
class ZabNodeTest {
    @TempDir
    Path dir;

    private final Semaphore bell = new Semaphore(0);

    @Test
    void what_was_delivered_is_delivered_again_after_a_restart() throws Exception {
        Ledger before = new Ledger();
        try (ZabNode node = start(config(), before)) {
            assertEquals(Zxid.of(1, 0), node.lastDelivered());
            assertEquals(Zxid.of(1, 1), node.propose(Ledger.bytes("first")));
            node.propose(Ledger.bytes("second"));
            commit(node);
        }

        Ledger after = new Ledger();
        try (ZabNode node = start(config(), after)) {
            assertEquals(Map.of(Zxid.of(1, 1), "first", Zxid.of(1, 2), "second"), before.entries());
            assertEquals(before.entries(), after.entries());
            assertEquals(2, node.epoch());
            assertEquals(Zxid.of(2, 1), node.propose(Ledger.bytes("third")));
        }
    }

    @Test
    void a_node_that_is_abandoned_loses_what_was_under_way_and_nothing_else() throws Exception {
        ZabNode node = start(config(), new Ledger());
        node.propose(Ledger.bytes("committed"));
        commit(node);
        node.propose(Ledger.bytes("under way"));
        node.abandon();

        Ledger after = new Ledger();
        try (ZabNode next = start(config(), after)) {
            assertEquals(Map.of(Zxid.of(1, 1), "committed"), after.entries());
            assertEquals(2, next.epoch());
        }
    }

    @Test
    void batches_through_the_log_thread_come_back_in_order() throws Exception {
        Ledger ledger = new Ledger();
        try (ZabNode node = start(config().withInlineSync(false), ledger)) {
            for (int i = 1; i <= 20_000; i++) {
                node.propose(Ledger.bytes("txn " + i));
                if (i % 7 == 0) {
                    node.turn();
                }
            }
            commit(node);
            assertEquals(Zxid.of(1, 20_000), node.lastDelivered());
        }

        Ledger after = new Ledger();
        try (ZabNode node = start(config(), after)) {
            assertEquals(20_000, after.entries().size());
            assertEquals(ledger.entries(), after.entries());
            assertTrue(node.writable());
        }
    }

    @Test
    void a_full_counter_begins_the_next_epoch() throws Exception {
        Ledger ledger = new Ledger();
        try (ZabNode node = start(config().withLastCounter(3), ledger)) {
            for (String text : List.of("a", "b", "c", "d", "e", "f", "g")) {
                while (!node.mayPropose()) {
                    assertTrue(bell.tryAcquire(20, TimeUnit.SECONDS), "The doorbell was not rung");
                    node.turn();
                }
                node.propose(Ledger.bytes(text));
                node.turn();
            }
            commit(node);
            assertEquals(3, node.epoch());
        }

        Ledger after = new Ledger();
        try (ZabNode node = start(config(), after)) {
            assertEquals(
                    List.of(
                            Zxid.of(1, 1),
                            Zxid.of(1, 2),
                            Zxid.of(1, 3),
                            Zxid.of(2, 1),
                            Zxid.of(2, 2),
                            Zxid.of(2, 3),
                            Zxid.of(3, 1)),
                    List.copyOf(after.entries().keySet()));
            assertEquals(4, node.epoch());
        }
    }

    @Test
    void a_restart_begins_with_the_newest_snapshot_and_needs_no_more_log_than_that() throws Exception {
        ZabConfig small = config().withSegmentBytes(16 * 1024)
                .withSnapshotEveryTxns(100)
                .withSnapshotsKept(2)
                .withLogKeptBytes(0);
        Ledger ledger = new Ledger();
        try (ZabNode node = start(small, ledger)) {
            for (int i = 0; i < 5_000; i++) {
                node.propose(Ledger.bytes("txn " + i));
                if (i % 20 == 0) {
                    commit(node);
                }
            }
            commit(node);
        }

        Ledger after = new Ledger();
        try (ZabNode node = start(small, after)) {
            assertEquals(ledger.entries(), after.entries());
            assertTrue(node.figures().segments() > 1);
        }
    }

    @Test
    void a_second_server_on_the_same_directory_is_refused() throws Exception {
        try (ZabNode node = start(config(), new Ledger())) {
            var refused = assertThrows(DirectoryInUseException.class, () -> start(config(), new Ledger()));
            assertTrue(String.valueOf(refused.getMessage()).contains(dir.toString()), refused::toString);
            assertTrue(node.writable());
        }
    }

    private ZabConfig config() {
        return ZabConfig.in(dir).withSegmentBytes(256 * 1024).withBallastBytes(4096);
    }

    private ZabNode start(ZabConfig config, Ledger ledger) throws IOException {
        return ZabNode.start(
                config,
                new ThreadedHost(Duration.ZERO),
                new RealFileSystem(),
                ledger,
                new SplittableRandom(1),
                bell::release,
                halt -> fail(halt.reason(), halt.cause()));
    }

    /** As the server does: a turn now, and one whenever told to. */
    private void commit(ZabNode node) throws InterruptedException {
        node.turn();
        while (node.lastDelivered() != node.lastProposed()) {
            assertTrue(bell.tryAcquire(20, TimeUnit.SECONDS), "The doorbell was not rung");
            node.turn();
        }
    }
}
