package io.pando.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.ScriptedServer.Heard;
import io.pando.client.error.BadVersionException;
import io.pando.client.error.OverloadedException;
import io.pando.client.error.ReplyTooLargeException;
import io.pando.client.error.RequestTimeoutException;
import io.pando.client.error.Retry;
import io.pando.client.error.UnknownOutcomeException;
import io.pando.datatree.CreateMode;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.WriteRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests when connections break: asked again, sent later, proven, or honestly unknown. */
class RequestsTest {
    private static final long SEEN = 0x100;

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private Pando pando;

    @BeforeEach
    void start() throws Exception {
        pando = server.client().open();
    }

    @AfterEach
    void stop() throws Exception {
        pando.detach();
    }

    private static Stat stat(long czxid, long mzxid, int version, long pzxid) {
        return new Stat(czxid, mzxid, 0, 0, version, 0, 0, 0, 0, 0, pzxid);
    }

    /** A connection over which the client has come to know the zxid {@link #SEEN}. */
    private ScriptedServer.Connection connected() throws Exception {
        var connection = server.accept().welcome(7, 10_000);
        var read = pando.exists("/seen").async();
        connection.answer(connection.hear(), SEEN, new Reply.OnlyStat(stat(1, 1, 0, 1)));
        read.get();
        return connection;
    }

    /** Answers the sync that goes ahead of a look at the tree, and returns the look. */
    private static Heard look(ScriptedServer.Connection connection) throws Exception {
        var sync = connection.hear();
        assertEquals(OpCode.SYNC, sync.request().op());
        connection.answer(sync, SEEN + 9, new Reply.Path("/"));
        return connection.hear();
    }

    /** Another client in place of the one that every test begins with. */
    private void reopen(PandoBuilder other) throws Exception {
        var first = server.accept().welcome(7, 10_000);
        pando.detach();
        assertTrue(first.ends());
        pando = other.open();
    }

    @Test
    void a_read_is_asked_again_and_in_its_place() throws Exception {
        var first = connected();
        var a = pando.getData("/a").async();
        var b = pando.getChildren("/b").async();
        assertEquals(OpCode.GET_DATA, first.hear().request().op());
        first.close();

        var second = server.accept().welcome(7, 10_000);
        var again = second.hear();
        assertEquals(OpCode.GET_DATA, again.request().op());
        second.answer(again, SEEN, new Reply.DataAndStat(new byte[] {1}, stat(1, 1, 0, 1)));
        second.answer(second.hear(), SEEN, new Reply.NamesAndStat(List.of("x"), stat(1, 1, 0, 1)));

        assertEquals(1, a.get().data()[0]);
        assertEquals(List.of("x"), b.get().names());
    }

    @Test
    void a_linearizable_read_repeats_its_sync_on_the_new_connection() throws Exception {
        var first = connected();
        var read = pando.getData("/a").linearizable().async();
        first.answer(first.hear(), SEEN, new Reply.Path("/a"));
        first.hear();
        first.close();

        var second = server.accept().welcome(7, 10_000);
        var look = look(second);
        second.answer(look, SEEN, new Reply.DataAndStat(new byte[] {1}, stat(1, 1, 0, 1)));

        assertEquals(1, read.get().data()[0]);
    }

    @Test
    void a_write_that_was_not_sent_is_sent_on_the_next_connection() throws Exception {
        connected().close();
        var second = server.accept();
        var write = pando.setData("/a", "x").async();
        second.welcome(7, 10_000);

        var heard = second.hear();
        assertEquals(OpCode.SET_DATA, heard.request().op());
        second.answer(heard, SEEN, new Reply.OnlyStat(stat(1, SEEN, 1, 1)));
        assertEquals(1, write.get().version());
    }

    @Test
    void a_protected_create_finds_its_znode() throws Exception {
        var first = connected();
        var create = pando.create("/locks/n-")
                .mode(CreateMode.EPHEMERAL_SEQUENTIAL)
                .protect()
                .async();
        var sent = first.hear().as(WriteRequest.Create.class);
        first.close();

        var second = server.accept().welcome(7, 10_000);
        var listing = look(second);
        String name = sent.path().substring("/locks/".length()) + "0000000003";
        second.answer(listing, SEEN + 9, new Reply.Names(List.of("_c_other-n-0000000002", name)));
        second.answer(look(second), SEEN + 9, new Reply.OnlyStat(stat(SEEN + 5, SEEN + 5, 0, SEEN + 5)));

        assertEquals("/locks/" + name, create.get().path());
        assertEquals(SEEN + 5, create.get().stat().czxid());
    }

    @Test
    void a_protected_create_that_left_no_znode_is_sent_again_under_the_same_name() throws Exception {
        var first = connected();
        var create = pando.create("/locks/n-")
                .mode(CreateMode.EPHEMERAL_SEQUENTIAL)
                .protect()
                .async();
        var sent = first.hear().as(WriteRequest.Create.class);
        first.close();

        var second = server.accept().welcome(7, 10_000);
        second.answer(look(second), SEEN + 9, new Reply.Names(List.of()));
        var again = second.hear();
        assertEquals(sent.path(), again.as(WriteRequest.Create.class).path());
        second.answer(again, SEEN + 10, new Reply.PathAndStat(sent.path() + "0000000000", stat(1, 1, 0, 1)));

        assertEquals(sent.path() + "0000000000", create.get().path());
    }

    @Test
    void a_create_below_a_parent_that_has_not_changed_since_was_not_carried_out() throws Exception {
        var first = connected();
        var create = pando.create("/p/a").async();
        first.hear();
        first.close();

        var second = server.accept().welcome(7, 10_000);
        second.refuse(look(second), SEEN + 9, ErrorCode.NO_NODE.code());
        second.answer(look(second), SEEN + 9, new Reply.OnlyStat(stat(1, 1, 0, SEEN)));
        var again = second.hear();
        assertEquals(OpCode.CREATE2, again.request().op());
        second.answer(again, SEEN + 10, new Reply.PathAndStat("/p/a", stat(SEEN + 10, SEEN + 10, 0, SEEN + 10)));

        assertEquals("/p/a", create.get().path());
    }

    @Test
    void a_create_whose_znode_may_have_come_and_gone_is_unknown() throws Exception {
        var first = connected();
        var create = pando.create("/p/a").async();
        first.hear();
        first.close();

        var second = server.accept().welcome(7, 10_000);
        second.refuse(look(second), SEEN + 9, ErrorCode.NO_NODE.code());
        second.answer(look(second), SEEN + 9, new Reply.OnlyStat(stat(1, 1, 0, SEEN + 2)));

        var unknown = assertInstanceOf(UnknownOutcomeException.class, failureOf(create));
        assertEquals(Retry.OUTCOME_UNKNOWN, unknown.retry());
    }

    @Test
    void a_versioned_write_is_sent_again_while_the_version_is_the_expected_one() throws Exception {
        var first = connected();
        var write = pando.setData("/a", "mine").version(3).async();
        first.hear();
        first.close();

        var second = server.accept().welcome(7, 10_000);
        second.answer(look(second), SEEN + 9, new Reply.DataAndStat(new byte[] {1}, stat(1, SEEN + 1, 3, 1)));
        var again = second.hear();
        assertEquals(3, again.as(WriteRequest.SetData.class).version());
        second.answer(again, SEEN + 10, new Reply.OnlyStat(stat(1, SEEN + 10, 4, 1)));

        assertEquals(4, write.get().version());
    }

    @Test
    void a_versioned_write_that_another_was_faster_than_is_refused() throws Exception {
        var write = lostVersionedWrite(new Reply.DataAndStat(new byte[] {1}, stat(1, SEEN + 1, 4, 1)));

        assertInstanceOf(BadVersionException.class, failureOf(write));
    }

    @Test
    void a_versioned_write_whose_data_is_there_may_be_anothers() throws Exception {
        var write = lostVersionedWrite(new Reply.DataAndStat("mine".getBytes(UTF_8), stat(1, SEEN + 1, 4, 1)));

        assertInstanceOf(UnknownOutcomeException.class, failureOf(write));
    }

    @Test
    void a_versioned_write_to_a_znode_that_was_created_since_is_unknown() throws Exception {
        var write = lostVersionedWrite(new Reply.DataAndStat(new byte[] {1}, stat(SEEN + 1, SEEN + 2, 3, 1)));

        assertInstanceOf(UnknownOutcomeException.class, failureOf(write));
    }

    private Future<Stat> lostVersionedWrite(Reply seen) throws Exception {
        var first = connected();
        var write = pando.setData("/a", "mine").version(3).async();
        first.hear();
        first.close();
        var second = server.accept().welcome(7, 10_000);
        second.answer(look(second), SEEN + 9, seen);
        return write;
    }

    @Test
    void a_delete_whose_znode_is_still_there_is_sent_again() throws Exception {
        var first = connected();
        var delete = pando.delete("/a").version(3).async();
        first.hear();
        first.close();

        var second = server.accept().welcome(7, 10_000);
        second.answer(look(second), SEEN + 9, new Reply.OnlyStat(stat(1, 1, 3, 1)));
        var again = second.hear();
        assertEquals(OpCode.DELETE, again.request().op());
        second.answer(again, SEEN + 10, new Reply.Nothing());

        assertTrue(delete.get());
    }

    @Test
    void an_answer_to_another_request_breaks_the_connection() throws Exception {
        var first = connected();
        var read = pando.exists("/a").async();
        var heard = first.hear();
        first.answer(new Heard(heard.xid() + 1, heard.request()), SEEN, new Reply.OnlyStat(stat(1, 1, 0, 1)));
        assertTrue(first.ends());

        var second = server.accept().welcome(7, 10_000);
        second.answer(second.hear(), SEEN, new Reply.OnlyStat(stat(1, 1, 0, 1)));
        assertTrue(read.get().isPresent());
    }

    @Test
    void a_request_without_an_answer_ends_after_the_request_timeout() throws Exception {
        reopen(server.client().requestTimeout(Duration.ofSeconds(1)));
        var connection = server.accept().welcome(8, 10_000);
        pando.awaitConnected(Duration.ofSeconds(20));

        assertThrows(RequestTimeoutException.class, () -> pando.getData("/a").now());
        assertThrows(
                UnknownOutcomeException.class, () -> pando.setData("/a", "x").now());

        var late = connection.hear();
        connection.answer(late, SEEN, new Reply.DataAndStat(new byte[0], stat(1, 1, 0, 1)));
        connection.answer(connection.hear(), SEEN, new Reply.OnlyStat(stat(1, 1, 0, 1)));
        var next = pando.exists("/b").async();
        connection.answer(connection.hear(), SEEN, new Reply.OnlyStat(stat(1, 1, 0, 1)));
        assertTrue(next.get().isPresent());
    }

    @Test
    void more_requests_than_allowed_are_refused_at_once() throws Exception {
        reopen(server.client().mostRequests(2));
        pando.exists("/a").async();
        pando.exists("/b").async();

        assertThrows(OverloadedException.class, () -> pando.exists("/c").now());
    }

    @Test
    void an_answer_that_is_too_large_fails_its_request_and_is_not_asked_for_again() throws Exception {
        reopen(server.client().mostReplyBytes(1_000));
        var connection = server.accept().welcome(9, 10_000);

        var large = pando.getData("/large").async();
        connection.answer(connection.hear(), SEEN, new Reply.DataAndStat(new byte[2_000], stat(1, 1, 0, 1)));

        assertInstanceOf(ReplyTooLargeException.class, failureOf(large));
    }

    private static @Nullable Throwable failureOf(Future<?> future) {
        return assertThrows(ExecutionException.class, () -> future.get(20, TimeUnit.SECONDS))
                .getCause();
    }
}
