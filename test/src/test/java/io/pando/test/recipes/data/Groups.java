package io.pando.test.recipes.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pando.client.Pando;
import io.pando.client.connection.Session;
import io.pando.datatree.CreateMode;
import io.pando.recipes.membership.Group;
import io.pando.recipes.membership.Member;
import io.pando.recipes.membership.Members;
import io.pando.recipes.membership.Membership;
import io.pando.recipes.membership.MembershipEvent;
import io.pando.recipes.persistent.PersistentNode;
import io.pando.recipes.persistent.Presence;
import io.pando.recipes.persistent.TtlNode;
import io.pando.test.harness.Await;
import io.pando.test.harness.Relay;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.recipes.nodes.GroupMember;
import org.junit.jupiter.api.Test;

/**
 * Znodes that are kept in existence, and groups made of them; with Curator's on the same paths.
 *
 * <p>Row 6 of what users of other libraries complain of (design: user-asks.md), the ephemeral of a dead session that is in the way of its
 * successor or taken for its own, is shown not to happen by {@link
 * #what_a_dead_process_of_the_same_id_has_left_is_replaced_in_one_step}, {@link
 * #a_kept_ephemeral_belongs_to_the_new_session_when_the_old_one_has_ended}, {@link
 * #of_two_that_live_under_one_id_the_newer_counts_and_the_older_is_told_and_does_not_fight} and {@link
 * io.pando.test.recipes.DoubleHoldersTest}; and in {@code client} by {@code
 * SessionTest.a_session_is_taken_over_from_a_client_that_has_left_it} and {@code SessionTest.closing_does_not_wait_for_ever}.
 */
abstract class Groups extends DataRecipes {
    @Test
    void a_kept_znode_is_created_again_when_it_was_deleted() throws Exception {
        Pando pando = pando();
        for (CreateMode mode : List.of(CreateMode.EPHEMERAL, CreateMode.PERSISTENT, CreateMode.PERSISTENT_SEQUENTIAL)) {
            PersistentNode node = server().closing(PersistentNode.at(pando, path("made/" + mode))
                    .mode(mode)
                    .data("hello")
                    .open());
            String at = node.awaitPresent(PATIENCE);

            long first = pando.exists(at).now().orElseThrow().czxid();
            pando.delete(at).now();

            Await.until(
                    at + " is there again",
                    () -> pando.exists(at).now().orElseThrow().czxid() > first);
            assertEquals("hello", pando.getData(at).now().text());
            node.closeAsync().get(30, TimeUnit.SECONDS);
            assertTrue(pando.exists(at).now().isEmpty());
            assertEquals(Presence.CLOSED, node.presence());
        }
    }

    @Test
    void a_kept_ephemeral_belongs_to_the_new_session_when_the_old_one_has_ended() throws Exception {
        Pando pando = pando();
        PersistentNode node = server().closing(
                        PersistentNode.at(pando, path("node")).data("one").open());
        node.awaitPresent(PATIENCE);
        node.setData(bytes("two"));

        expire(pando);

        Await.until("it belongs to the new session", () -> {
            var there = pando().getData(path("node")).now();
            return there.stat().ephemeralOwner()
                            == pando.session().orElseThrow().id()
                    && there.text().equals("two")
                    && node.presence() == Presence.PRESENT;
        });
    }

    @Test
    void the_ephemeral_of_another_is_let_be_until_it_goes() throws Exception {
        Pando theirs = pando();
        theirs.create(path("node")).mode(CreateMode.EPHEMERAL).data("theirs").now();
        PersistentNode mine = server().closing(
                        PersistentNode.at(pando(), path("node")).data("mine").open());
        Await.until("it is known", () -> mine.presence() == Presence.DISPLACED);
        assertEquals("theirs", theirs.getData(path("node")).now().text());

        theirs.delete(path("node")).now();

        mine.awaitPresent(PATIENCE);
        assertEquals("mine", theirs.getData(path("node")).now().text());
    }

    @Test
    void a_znode_with_a_time_to_live_gets_signs_of_life() throws Exception {
        Pando pando = pando();
        try (TtlNode node = TtlNode.open(pando, path("ttl"), bytes("alive"), Duration.ofMillis(90))) {
            node.awaitPresent(PATIENCE);
            assertEquals("alive", pando.getData(path("ttl")).now().text());
            Await.until(
                    "it was touched again",
                    () -> pando.exists(path("ttl/touch")).now().orElseThrow().version() > 2);
            assertEquals(0, pando.exists(path("ttl")).now().orElseThrow().version());
        }
    }

    @Test
    void members_are_seen_to_join_to_change_and_to_leave() throws Exception {
        Members members = server().closing(new Group(pando(), path("group")).watch());
        List<MembershipEvent> heard = new CopyOnWriteArrayList<>();
        members.listen(heard::add);
        Group group = new Group(pando(), path("group"));

        Membership one = join(group, "one", "a");
        one.update(bytes("b"));
        Membership two = join(group, "two", "c");
        assertEquals(List.of("one", "two"), ids(group.members()));
        Await.until("both are seen", () -> ids(members.current()).equals(List.of("one", "two")));
        one.leaveAsync().get(30, TimeUnit.SECONDS);
        assertEquals(List.of("two"), ids(group.members()));
        two.leaveAsync().get(30, TimeUnit.SECONDS);

        Await.until(
                "all have left",
                () -> heard.stream()
                                .filter(MembershipEvent.Left.class::isInstance)
                                .count()
                        == 2);
        assertTrue(members.current().isEmpty());
        assertEquals(
                2,
                heard.stream().filter(MembershipEvent.Joined.class::isInstance).count());
    }

    @Test
    void a_member_is_gone_when_its_session_ends_and_joins_again_under_the_next() throws Exception {
        Group group = new Group(pando(), path("group"));
        Pando unlucky = pando();
        join(new Group(unlucky, path("group")), "unlucky", "here");
        Member before = group.members().get(0);

        expire(unlucky);

        Await.until(
                "it has joined again",
                () -> group.members().size() == 1
                        && group.members().get(0).sessionId()
                                == unlucky.session().orElseThrow().id());
        assertNotEquals(before.sessionId(), group.members().get(0).sessionId());
        assertTrue(group.members().get(0).sinceZxid() > before.sinceZxid());
    }

    @Test
    void what_a_dead_process_of_the_same_id_has_left_is_replaced_in_one_step() throws Exception {
        Members members = server().closing(new Group(pando(), path("group")).watch());
        List<MembershipEvent> heard = new CopyOnWriteArrayList<>();
        members.listen(heard::add);
        Pando dead = pando();
        join(new Group(dead, path("group")), "worker", "old");
        Await.until("it has joined", () -> heard.size() == 1);
        dead.detach();

        join(new Group(pando(), path("group")), "worker", "new");

        Await.until(
                "the new one is known", () -> members.current().get(0).text().equals("new"));
        Await.until("that is told", () -> heard.size() > 1);
        assertEquals(2, heard.size());
        assertEquals(MembershipEvent.Rejoined.class, heard.get(1).getClass());
    }

    @Test
    void what_an_earlier_session_of_the_same_client_has_left_is_replaced_although_that_session_lives_on()
            throws Exception {
        Relay relay = server().relay();
        Pando pando = open(Pando.connect(relay.connectString())
                .sessionTimeout(Duration.ofSeconds(4))
                .connectTimeout(Duration.ofSeconds(60)));
        PersistentNode node =
                server().closing(PersistentNode.at(pando, path("node")).open());
        node.awaitPresent(PATIENCE);
        Session earlier = pando.session().orElseThrow();

        // Another client keeps the session alive. Its own hears no more of it and gives it up; that it ends it does not
        // arrive.
        relay.silenceToClient();
        Pando keeping = open(Pando.connect(server().process().connectString()).takeOver(earlier));
        keeping.awaitConnected(PATIENCE);
        Await.until("it is given up", () -> pando.session().isEmpty());
        relay.heal();

        Await.until(
                "the znode is of the next session",
                () -> keeping.exists(path("node")).now().orElseThrow().ephemeralOwner() != earlier.id());
        assertEquals(
                pando.session().orElseThrow().id(),
                keeping.exists(path("node")).now().orElseThrow().ephemeralOwner());
        assertEquals(earlier, keeping.session().orElseThrow());
        Await.until("it is known to be there", () -> node.presence() == Presence.PRESENT);
    }

    @Test
    void of_two_that_live_under_one_id_the_newer_counts_and_the_older_is_told_and_does_not_fight() throws Exception {
        Membership older = join(new Group(pando(), path("group")), "worker", "older");
        Membership newer = join(new Group(pando(), path("group")), "worker", "newer");
        Await.until("the older knows", () -> older.presence() == Presence.DISPLACED);
        Group group = new Group(pando(), path("group"));
        long since = group.members().get(0).sinceZxid();

        older.updateAsync(bytes("still here"));

        assertEquals("newer", group.members().get(0).text());
        assertEquals(since, group.members().get(0).sinceZxid());
        newer.leaveAsync().get(30, TimeUnit.SECONDS);
        Await.until(
                "the older is listed again", () -> group.members().get(0).text().equals("still here"));
    }

    @Test
    void curators_members_and_ours_are_one_group() throws Exception {
        assumeFalse(server().isBefore(6), "Curator's needs persistent watches");
        join(new Group(pando(), path("group")), "ours", "pando");
        try (GroupMember theirs = new GroupMember(curator(), path("group"), "theirs", bytes("curator"))) {
            theirs.start();

            Await.until(
                    "Curator sees both",
                    () -> theirs.getCurrentMembers().keySet().equals(Set.of("ours", "theirs")));
            Await.until(
                    "we see both",
                    () -> Set.copyOf(ids(new Group(pando(), path("group")).members()))
                            .equals(Set.of("ours", "theirs")));
            assertEquals(
                    "pando",
                    text(Objects.requireNonNull(theirs.getCurrentMembers().get("ours"))));
        }
    }

    private Membership join(Group group, String id, String data) throws Exception {
        Membership membership = server().closing(group.join(id, bytes(data)));
        membership.awaitJoined(PATIENCE);
        return membership;
    }

    private static List<String> ids(List<Member> members) {
        return members.stream().map(Member::id).toList();
    }
}
