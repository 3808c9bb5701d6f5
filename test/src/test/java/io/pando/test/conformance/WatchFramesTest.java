package io.pando.test.conformance;

import static io.pando.test.harness.RawClient.Event.CHILDREN_CHANGED;
import static io.pando.test.harness.RawClient.Event.CREATED;
import static io.pando.test.harness.RawClient.Event.DATA_CHANGED;
import static io.pando.test.harness.RawClient.Event.DELETED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Body;
import io.pando.test.harness.Body.AclEntry;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.RawClient.Event;
import io.pando.test.harness.Reply;
import io.pando.test.harness.SharedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Notifications on the wire: which, when, how many (wire-protocol sections 16 and 17). */
class WatchFramesTest {
    private static final int PERSISTENT = 0;
    private static final int RECURSIVE = 1;

    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void the_event_of_ones_own_write_precedes_its_reply_and_carries_its_zxid() throws Exception {
        RawClient client = SERVER.raw();
        assertEquals(
                Errors.NO_NODE,
                client.call(Op.EXISTS, Body.read(SERVER.path("n"), true)).error());

        Reply reply = create(client, "n");

        assertEquals(List.of(new Event(CREATED, 3, SERVER.path("n"), reply.zxid())), client.drainEvents());
    }

    @Test
    void one_deletion_is_one_frame_for_a_data_and_a_child_watch_together() throws Exception {
        RawClient client = SERVER.raw();
        create(client, "n");
        client.call(Op.GET_DATA, Body.read(SERVER.path("n"), true));
        client.call(Op.GET_CHILDREN, Body.read(SERVER.path("n"), true));

        client.call(Op.DELETE, Body.versioned(SERVER.path("n"), -1));

        assertEquals(List.of(DELETED), types(client));
    }

    @Test
    void one_change_is_one_frame_however_many_modes_match() throws Exception {
        RawClient client = SERVER.raw();
        create(client, "n");
        client.call(Op.GET_DATA, Body.read(SERVER.path("n"), true));
        addWatch(client, "n", PERSISTENT);
        addWatch(client, "n", RECURSIVE);
        client.call(Op.ADD_WATCH, Body.of(SERVER.root()).int32(RECURSIVE));

        client.call(Op.SET_DATA, Body.setData(SERVER.path("n"), null, -1));

        assertEquals(List.of(DATA_CHANGED), types(client));
    }

    @Test
    void a_recursive_watch_never_gets_a_change_of_children() throws Exception {
        RawClient client = SERVER.raw();
        addWatch(client, "", RECURSIVE);
        create(client, "n");
        create(client, "n/c");
        client.call(Op.DELETE, Body.versioned(SERVER.path("n/c"), -1));

        assertEquals(List.of(CREATED, CREATED, DELETED), types(client));
    }

    @Test
    void set_watches_tells_what_was_missed_and_keeps_the_rest() throws Exception {
        RawClient client = SERVER.raw();
        for (String name : List.of("same", "changed", "there", "parent", "full")) create(client, name);
        long seen = create(client, "full/old").zxid();
        client.call(Op.SET_DATA, Body.setData(SERVER.path("changed"), null, -1));
        create(client, "full/new");

        client.send(
                -8,
                Op.SET_WATCHES,
                Body.empty()
                        .int64(seen)
                        .texts(paths("same", "changed", "gone"))
                        .texts(paths("there", "missing"))
                        .texts(paths("parent", "full", "lost")));
        Reply reply = client.replyTo(-8);

        assertEquals(0, reply.remaining());
        List<Event> events = client.drainEvents();
        assertEquals(
                List.of(
                        new Event(DATA_CHANGED, 3, SERVER.path("changed"), -1),
                        new Event(DELETED, 3, SERVER.path("gone"), -1),
                        new Event(CREATED, 3, SERVER.path("there"), -1),
                        new Event(CHILDREN_CHANGED, 3, SERVER.path("full"), -1),
                        new Event(DELETED, 3, SERVER.path("lost"), -1)),
                events);
        client.call(Op.SET_DATA, Body.setData(SERVER.path("same"), null, -1));
        create(client, "missing");
        create(client, "parent/child");
        assertEquals(List.of(DATA_CHANGED, CREATED, CHILDREN_CHANGED), types(client));
    }

    @Test
    void persistent_watches_are_set_again_without_catching_up() throws Exception {
        RawClient client = SERVER.raw();
        create(client, "n");

        client.send(
                -8,
                Op.SET_WATCHES2,
                Body.empty()
                        .int64(0)
                        .texts(List.of())
                        .texts(List.of())
                        .texts(List.of())
                        .texts(paths("n"))
                        .texts(paths("n")));
        client.replyTo(-8);
        assertEquals(List.of(), types(client));
        create(client, "n/c");

        assertEquals(List.of(CREATED, CHILDREN_CHANGED), types(client));
    }

    @Test
    void removing_a_kind_that_is_not_held_is_refused_and_leaves_the_others() throws Exception {
        RawClient client = SERVER.raw();
        create(client, "n");
        client.call(Op.GET_DATA, Body.read(SERVER.path("n"), true));

        for (int type : new int[] {1, 4, 5}) {
            assertEquals(Errors.NO_WATCHER, watches(client, Op.REMOVE_WATCHES, type));
            assertEquals(Errors.NO_WATCHER, watches(client, Op.CHECK_WATCHES, type));
        }
        assertEquals(Errors.MARSHALLING, watches(client, Op.REMOVE_WATCHES, 6));
        assertEquals(Errors.OK, watches(client, Op.CHECK_WATCHES, 2));
        client.call(Op.SET_DATA, Body.setData(SERVER.path("n"), null, -1));

        assertEquals(List.of(DATA_CHANGED), types(client));
    }

    @Test
    void a_watch_whose_event_was_withheld_is_gone_all_the_same() throws Exception {
        RawClient owner = SERVER.raw();
        owner.authenticate("digest", "anna:secret");
        RawClient stranger = SERVER.raw();
        stranger.call(Op.EXISTS, Body.read(SERVER.path("n"), true));

        List<AclEntry> closed = List.of(new AclEntry(31, "auth", ""));
        owner.call(Op.CREATE, Body.create(SERVER.path("n"), null, closed, 0));
        owner.call(Op.DELETE, Body.versioned(SERVER.path("n"), -1));
        create(owner, "n");

        assertEquals(List.of(), types(stranger));
    }

    @Test
    void setting_an_acl_fires_nothing_and_leaves_mzxid() throws Exception {
        RawClient client = SERVER.raw();
        long created = create(client, "n").zxid();
        client.call(Op.GET_DATA, Body.read(SERVER.path("n"), true));

        Reply reply = client.call(
                Op.SET_ACL,
                Body.of(SERVER.path("n")).acl(AclEntry.EVERYTHING_TO_ANYONE).int32(0));

        assertEquals(created, reply.stat().mzxid());
        assertEquals(List.of(), types(client));
    }

    @Test
    void the_changes_of_a_multi_share_its_zxid() throws Exception {
        RawClient client = SERVER.raw();
        addWatch(client, "", RECURSIVE);

        Reply reply = client.call(
                Op.MULTI,
                Body.empty()
                        .operation(Op.CREATE, Body.create(SERVER.path("a"), null, 0))
                        .operation(Op.CREATE, Body.create(SERVER.path("b"), null, 0))
                        .operation(Op.DELETE, Body.versioned(SERVER.path("a"), 0))
                        .endOfOperations());

        List<Event> events = client.drainEvents();
        assertEquals(3, events.size());
        assertTrue(events.stream().allMatch(event -> event.zxid() == reply.zxid()));
    }

    @Test
    void a_failed_multi_says_where_and_its_header_is_fine() throws Exception {
        RawClient client = SERVER.raw();

        Reply reply = client.call(
                Op.MULTI,
                Body.empty()
                        .operation(Op.CREATE, Body.create(SERVER.path("a"), null, 0))
                        .operation(Op.DELETE, Body.versioned(SERVER.path("missing"), -1))
                        .operation(Op.CREATE, Body.create(SERVER.path("b"), null, 0))
                        .endOfOperations());

        assertEquals(Errors.OK, reply.error());
        for (int expected : new int[] {Errors.OK, Errors.NO_NODE, Errors.RUNTIME_INCONSISTENCY}) {
            assertEquals(new Reply.ResultHeader(-1, false, expected), reply.resultHeader());
            assertEquals(expected, reply.int32());
        }
        assertTrue(reply.resultHeader().done());
    }

    private static Reply create(RawClient client, String name) throws Exception {
        Reply reply = client.call(Op.CREATE, Body.create(SERVER.path(name), null, 0));
        assertEquals(Errors.OK, reply.error());
        return reply;
    }

    private static void addWatch(RawClient client, String name, int mode) throws Exception {
        String path = name.isEmpty() ? SERVER.root() : SERVER.path(name);
        assertEquals(
                Errors.OK, client.call(Op.ADD_WATCH, Body.of(path).int32(mode)).error());
    }

    private static int watches(RawClient client, int op, int type) throws Exception {
        return client.call(op, Body.of(SERVER.path("n")).int32(type)).error();
    }

    private static List<String> paths(String... names) {
        return List.of(names).stream().map(SERVER::path).toList();
    }

    private static List<Integer> types(RawClient client) throws Exception {
        return client.takeEvents().stream().map(Event::type).toList();
    }
}
