package io.pando.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Acl;
import io.pando.datatree.Password;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.datatree.encoding.TreeSnapshot;
import io.pando.server.core.Envelope;
import io.pando.zab.log.RealFileSystem;
import io.pando.zab.runtime.SnapshotBody;
import io.pando.zab.runtime.StateMachine;
import io.pando.zab.runtime.ThreadedHost;
import io.pando.zab.runtime.ZabConfig;
import io.pando.zab.runtime.ZabNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StorageCommandsTest {
    private static final long SESSION = 0xab;

    @TempDir
    Path dir;

    @BeforeEach
    void write_two_transactions_and_a_snapshot() throws Exception {
        var codec = new Envelope.Codec();
        var doorbell = new Semaphore(0);
        var state = new State();
        try (var node = ZabNode.start(
                ZabConfig.in(dir),
                new ThreadedHost(Duration.ZERO),
                new RealFileSystem(),
                state,
                new SplittableRandom(1),
                doorbell::release,
                halt -> {})) {
            var password = "hush hush hush!!".getBytes(StandardCharsets.UTF_8);
            node.propose(codec.encode(
                    new Envelope(7, 1, SESSION, 0, 1000, new Txn.CreateSession(SESSION, 5000, Password.of(password)))));
            node.propose(codec.encode(new Envelope(
                    7,
                    2,
                    SESSION,
                    1,
                    2000,
                    new Txn.Create("/a", "data".getBytes(StandardCharsets.UTF_8), Acl.OPEN, SESSION))));
            node.turn();
            while (state.delivered < 2) {
                doorbell.acquire();
                node.turn();
            }
            node.takeSnapshotNow();
            state.snapshot.join();
        }
    }

    @Test
    void log_shows_every_record_with_who_asked_and_what_changed_but_no_password() {
        var run = CommandRun.of(Map.of(), "log", dir.toString());

        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().contains("  session 0xab xid 1  Create[path=/a, data=4 bytes 64617461"), run::out);
        assertTrue(run.out().contains("  1970-01-01T00:00:01Z  session 0xab xid 0  CreateSession[id=0xab"), run::out);
        assertTrue(run.out().stripTrailing().endsWith(": intact"), run::out);
        assertFalse(run.out().contains("hush"));
    }

    @Test
    void log_speaks_json_and_can_be_cut_by_zxid() {
        var run = CommandRun.of(Map.of(), "log", "--json", "--from", "0x100000002", dir.toString());

        assertEquals(0, run.exitCode(), run::err);
        var lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("{\"zxid\":\"0x100000002\",\"type\":\"TXN\",\"offset\":"), run::out);
        assertTrue(
                lines.get(0)
                        .endsWith(
                                "\"timeMs\":2000,\"session\":\"0xab\",\"xid\":1,\"txn\":{\"kind\":\"create\",\"path\":\"/a\",\"data\":\"ZGF0YQ==\",\"acl\":[\"world:anyone:cdrwa\"],\"owner\":\"session"
                                    + " 0xab\"}}"),
                run::out);
        assertTrue(lines.get(1).contains("\"records\":3,"), run::out);
    }

    @Test
    void snapshot_checks_all_of_them_and_shows_the_tree_of_the_newest() {
        var run = CommandRun.of(Map.of(), "snapshot", "--tree", dir.toString());

        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().contains(": at 0x100000002, "), run::out);
        assertTrue(run.out().contains("\n/a  4 bytes, version 0 of 0x100000002, session 0xab\n"), run::out);
    }

    @Test
    void a_damaged_snapshot_is_reported_with_an_exit_code_of_its_own() throws IOException {
        Path snapshot;
        try (var files = Files.list(dir)) {
            snapshot = files.filter(file -> file.getFileName().toString().startsWith("0000000100000002"))
                    .findFirst()
                    .orElseThrow();
        }
        var bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);

        var run = CommandRun.of(Map.of(), "snapshot", snapshot.toString());

        assertEquals(3, run.exitCode(), run::err);
        assertTrue((run.out() + run.err()).contains(snapshot.getFileName().toString()), run::out);
    }

    @Test
    void a_place_with_nothing_in_it_is_a_mistake_of_the_command_line(@TempDir Path empty) {
        assertEquals(1, CommandRun.of(Map.of(), "log", empty.toString()).exitCode());
        assertEquals(1, CommandRun.of(Map.of(), "snapshot", empty.toString()).exitCode());
        assertEquals(
                1,
                CommandRun.of(Map.of(), "log", empty.resolve("none").toString()).exitCode());
    }

    /** A tree without a server around it. */
    private static final class State implements StateMachine {
        final CompletableFuture<Void> snapshot = new CompletableFuture<>();
        private final Envelope.Codec codec = new Envelope.Codec();
        private Tree tree = Tree.empty();
        int delivered;

        @Override
        public Loaded read(InputStream content, long zxid) throws IOException {
            Tree read = TreeSnapshot.read(content);
            return () -> tree = read;
        }

        @Override
        public void deliver(long zxid, ByteBuffer payload) {
            var record = codec.decode(payload);
            tree = tree.apply(zxid, record.timeMs(), record.txn()).tree();
            delivered++;
        }

        @Override
        public SnapshotBody capture() {
            var held = tree;
            return out -> {
                TreeSnapshot.write(held, out);
                snapshot.complete(null);
            };
        }
    }
}
