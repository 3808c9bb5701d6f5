package io.pando.test.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.InvalidAclException;
import io.pando.client.error.NoAuthException;
import io.pando.client.error.NoChildrenForEphemeralsException;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.client.error.NotEmptyException;
import io.pando.client.error.RequestTooLargeException;
import io.pando.client.error.Retry;
import io.pando.client.error.TransactionFailedException;
import io.pando.datatree.Acl;
import io.pando.datatree.CreateMode;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.test.harness.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every operation answers, be it Pando's server or Apache's that is asked. */
abstract class Operations {
    private Pando pando;

    abstract SharedServer server();

    @BeforeEach
    void connect() {
        pando = server().closing(Pando.connect(server().process().connectString() + server().root())
                .open());
    }

    @Test
    void what_was_created_is_read_with_the_same_stat() throws Exception {
        var created = pando.create("/a").data("hello").now();

        var read = pando.getData("/a").now();
        assertEquals("/a", created.path());
        assertEquals("hello", read.text());
        assertEquals(created.stat(), read.stat());
        assertEquals(created.stat(), pando.exists("/a").now().orElseThrow());
    }

    @Test
    void null_and_no_data_are_told_apart() throws Exception {
        pando.create("/null").nullData().now();
        pando.create("/empty").now();

        assertTrue(pando.getData("/null").now().isNull());
        assertFalse(pando.getData("/empty").now().isNull());
        assertEquals(0, pando.getData("/null").now().data().length);
    }

    @Test
    void every_mode_creates_what_it_says() throws Exception {
        var session = pando.awaitConnected(Duration.ofSeconds(30));

        assertEquals(session.id(), ownerOf(CreateMode.EPHEMERAL));
        assertEquals(session.id(), ownerOf(CreateMode.EPHEMERAL_SEQUENTIAL));
        assertEquals(0, ownerOf(CreateMode.PERSISTENT_SEQUENTIAL));
        assertEquals(0, ownerOf(CreateMode.CONTAINER));
        var leased = pando.create("/ttl")
                .mode(CreateMode.PERSISTENT_WITH_TTL)
                .ttl(Duration.ofHours(1))
                .now();
        assertEquals(0, leased.stat().ephemeralOwner());
    }

    private long ownerOf(CreateMode mode) throws Exception {
        return pando.create("/" + mode).mode(mode).now().stat().ephemeralOwner();
    }

    @Test
    void sequential_names_grow() throws Exception {
        pando.create("/queue").now();

        var first =
                pando.create("/queue/").mode(CreateMode.PERSISTENT_SEQUENTIAL).now();
        var second =
                pando.create("/queue/").mode(CreateMode.PERSISTENT_SEQUENTIAL).now();

        assertEquals("/queue/0000000000", first.path());
        assertEquals("/queue/0000000001", second.path());
    }

    @Test
    void missing_parents_are_made_when_asked_for_and_only_then() throws Exception {
        assertThrows(NoNodeException.class, () -> pando.create("/x/y/z").now());

        pando.create("/x/y/z").makeParents().now();
        pando.create("/x/y/z2/w").makeParents(CreateMode.CONTAINER).now();

        assertEquals(
                List.of("z", "z2"),
                pando.getChildren("/x/y").now().names().stream().sorted().toList());
        assertEquals(List.of("w"), pando.getChildren("/x/y/z2").now().names());
    }

    @Test
    void a_protected_name_is_the_one_that_curator_gives() throws Exception {
        var created = pando.create("/lock-")
                .mode(CreateMode.EPHEMERAL_SEQUENTIAL)
                .protect()
                .now();

        assertTrue(created.path().matches("/_c_[0-9a-f-]{36}-lock-\\d{10}"), created.path());
    }

    @Test
    void children_come_with_the_stat_of_their_parent() throws Exception {
        pando.create("/p/a").makeParents().now();
        pando.create("/p/b").now();

        var children = pando.getChildren("/p").now();
        assertEquals(Set.of("a", "b"), Set.copyOf(children.names()));
        assertEquals(2, children.stat().numChildren());
    }

    @Test
    void a_write_for_another_version_is_refused_and_says_what_and_where() throws Exception {
        pando.create("/v").now();
        pando.setData("/v", "one").version(0).now();

        var refused = assertThrows(
                BadVersionException.class,
                () -> pando.setData("/v", "two").version(0).now());
        assertEquals("/v", refused.path());
        assertEquals("setData", refused.operation());
        assertEquals(Retry.POINTLESS, refused.retry());
        assertThrows(
                BadVersionException.class, () -> pando.delete("/v").version(0).now());
        assertEquals("one", pando.getData("/v").now().text());
    }

    @Test
    void every_refusal_has_its_type() throws Exception {
        pando.create("/r/child").makeParents().now();
        pando.create("/e").mode(CreateMode.EPHEMERAL).now();

        assertThrows(NodeExistsException.class, () -> pando.create("/r").now());
        assertThrows(NotEmptyException.class, () -> pando.delete("/r").now());
        assertThrows(NoNodeException.class, () -> pando.getData("/nowhere").now());
        assertThrows(NoNodeException.class, () -> pando.delete("/nowhere").now());
        assertThrows(
                NoChildrenForEphemeralsException.class,
                () -> pando.create("/e/child").now());
        assertThrows(
                InvalidAclException.class,
                () -> pando.create("/acl").acl(List.of()).now());
        assertThrows(IllegalArgumentException.class, () -> pando.getData("no/slash"));
        assertThrows(
                RequestTooLargeException.class,
                () -> pando.create("/large").data(new byte[2 << 20]).now());
        assertTrue(pando.exists("/nowhere").now().isEmpty());
        assertFalse(pando.delete("/nowhere").quietly().now());
    }

    @Test
    void an_identity_opens_what_its_acl_closes() throws Exception {
        var onlyMe = List.of(new Acl(Perms.ALL, new Id("auth", "")));
        pando.addAuth("digest", "me:secret".getBytes(UTF_8)).get();
        pando.create("/mine").acl(onlyMe).now();
        var other = server().closing(Pando.connect(server().process().connectString() + server().root())
                .open());

        assertThrows(NoAuthException.class, () -> other.getData("/mine").now());
        assertEquals("digest", pando.getAcl("/mine").now().acl().get(0).id().scheme());
        var again = server().closing(Pando.connect(server().process().connectString() + server().root())
                .digest("me", "secret")
                .open());
        assertEquals(0, again.getData("/mine").now().data().length);
    }

    @Test
    void an_acl_is_changed_in_the_version_that_was_read() throws Exception {
        pando.create("/acl").now();
        var before = pando.getAcl("/acl").now();

        pando.setAcl("/acl", Acl.READ_ONLY).version(before.stat().aversion()).now();

        assertEquals(Acl.READ_ONLY, pando.getAcl("/acl").now().acl());
        assertThrows(NoAuthException.class, () -> pando.setData("/acl", "x").now());
    }

    @Test
    void a_transaction_is_carried_out_as_a_whole_and_tells_what_each_part_did() throws Exception {
        pando.create("/t").now();

        var result = pando.transaction()
                .check("/t", 0)
                .create("/t/a-", "one".getBytes(UTF_8), CreateMode.PERSISTENT_SEQUENTIAL)
                .create("/t/b", new byte[0])
                .setData("/t", "two".getBytes(UTF_8), 0)
                .delete("/t/b")
                .now();

        assertEquals("/t/a-0000000000", result.created(1).path());
        assertEquals(1, result.stat(3).version());
        assertEquals(List.of("a-0000000000"), pando.getChildren("/t").now().names());
        assertThrows(IllegalArgumentException.class, () -> result.created(0));
    }

    @Test
    void a_transaction_that_fails_names_the_part_and_changes_nothing() throws Exception {
        pando.create("/t").now();

        var failed = assertThrows(
                TransactionFailedException.class,
                () -> pando.transaction()
                        .create("/t/a", new byte[0])
                        .check("/t", 7)
                        .delete("/t")
                        .now());

        assertEquals(1, failed.index());
        assertEquals(BadVersionException.class, failed.failure().getClass());
        assertEquals("/t", failed.path());
        assertTrue(pando.exists("/t/a").now().isEmpty());
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() throws Exception {
        pando.create("/n").now();
        var versions = new ArrayList<Integer>();

        var writes = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 1000; i++) {
            writes.add(pando.setData("/n", "" + i).async().thenAccept(stat -> versions.add(stat.version())));
        }
        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).get();

        for (int i = 0; i < 1000; i++) {
            assertEquals(i + 1, versions.get(i));
        }
        assertArrayEquals(
                "999".getBytes(UTF_8), pando.getData("/n").linearizable().now().data());
    }

    @Test
    void the_ephemerals_of_a_session_end_with_it() throws Exception {
        var other = Pando.connect(server().process().connectString() + server().root())
                .open();
        other.create("/gone").mode(CreateMode.EPHEMERAL).now();
        assertTrue(pando.exists("/gone").now().isPresent());

        other.close();

        pando.sync("/").now();
        assertTrue(pando.exists("/gone").now().isEmpty());
    }
}
