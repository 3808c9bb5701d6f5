package io.pando.test.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.Pando;
import io.pando.client.call.MultiRead;
import io.pando.client.error.UnsupportedException;
import io.pando.client.follow.FollowEvent;
import io.pando.client.watch.Handle;
import io.pando.client.watch.NodeEvent;
import io.pando.client.watch.WatchListener;
import io.pando.datatree.CreateMode;
import io.pando.test.harness.Await;
import io.pando.test.harness.SharedServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What came with later servers: it works where there is one, and where there is none that is said, and the client lives on. */
abstract class Offers {
    private Pando pando;

    abstract SharedServer server();

    @BeforeEach
    void connect() throws Exception {
        pando = server().closing(Pando.connect(server().process().connectString() + server().root())
                .digest("me", "secret")
                .open());
        pando.create("/mine").data("data").mode(CreateMode.EPHEMERAL).now();
    }

    /** The result, or the other one from a server before 3.{@code minor}, which has to refuse it by its type. */
    private <T> T since(int minor, Callable<T> call, T otherwise) throws Exception {
        if (!server().isBefore(minor)) return call.call();
        assertThrows(UnsupportedException.class, call::call);
        assertTrue(pando.exists("/mine").now().isPresent(), "the session lives on");
        return otherwise;
    }

    @Test
    void ephemerals_are_listed() throws Exception {
        assertEquals(List.of("/mine"), since(6, () -> pando.getEphemerals("/").now(), List.of("/mine")));
    }

    @Test
    void descendants_are_counted() throws Exception {
        pando.create("/a/b/c").makeParents().now();

        assertEquals(2, since(6, () -> pando.countDescendants("/a").now(), 2));
    }

    @Test
    void several_reads_are_of_one_state_and_each_fails_for_itself() throws Exception {
        List<MultiRead.Result> results = since(
                6,
                () -> pando.multiRead()
                        .getData("/mine")
                        .getData("/missing")
                        .getChildren("/")
                        .now(),
                List.of());

        if (results.isEmpty()) return;
        assertEquals(
                "data",
                assertInstanceOf(MultiRead.Data.class, results.get(0)).value().text());
        assertInstanceOf(MultiRead.Refused.class, results.get(1));
        assertEquals(
                List.of("mine"),
                assertInstanceOf(MultiRead.Names.class, results.get(2)).names());
    }

    @Test
    void who_one_is_can_be_asked() throws Exception {
        boolean known = since(
                7,
                () -> pando.whoAmI().now().stream()
                        .anyMatch(identity -> identity.user().equals("me")),
                true);

        assertTrue(known);
    }

    @Test
    void a_container_is_created() throws Exception {
        pando.create("/container").mode(CreateMode.CONTAINER).now();

        assertTrue(pando.exists("/container").now().isPresent());
    }

    @Test
    void persistent_watches_of_both_kinds_tell_until_they_are_closed() throws Exception {
        var events = new CopyOnWriteArrayList<NodeEvent>();
        WatchListener listener = events::add;
        pando.create("/a").now();
        var one = since(6, () -> Optional.of(pando.watch("/a", listener).now()), Optional.<Handle>empty());
        var all = since(
                6, () -> Optional.of(pando.watchRecursively("/a", listener).now()), Optional.<Handle>empty());
        if (one.isEmpty() || all.isEmpty()) return;

        pando.setData("/a", "x").now();
        Await.until("told", () -> events.size() == 2);
        all.get().close();
        pando.setData("/a", "y").now();
        Await.until("told once", () -> events.size() == 3);
        one.get().close();
        pando.setData("/a", "z").now();
        pando.sync("/").now();

        assertEquals(3, events.size());
    }

    @Test
    void a_one_shot_watch_that_is_not_wanted_any_more_is_taken_back() throws Exception {
        var data = pando.getData("/mine").watched().now();
        var absent = pando.exists("/missing").watched().now();
        data.event().cancel(false);
        absent.event().cancel(false);

        var again = pando.getData("/mine").watched().now();
        pando.setData("/mine", "x").now();

        assertEquals("/mine", again.event().get().path());
    }

    @Test
    void what_is_followed_ends_with_the_reason_where_there_is_nothing_to_follow_it_with() throws Exception {
        var told = new CopyOnWriteArrayList<FollowEvent>();
        pando.follow("/mine").start(told::add);

        if (server().isBefore(6)) {
            Await.until("it is said", () -> told.size() == 1);
            assertInstanceOf(
                    UnsupportedException.class,
                    assertInstanceOf(FollowEvent.Ended.class, told.get(0)).reason());
        } else {
            Await.until("in sync", () -> told.stream().anyMatch(FollowEvent.InSync.class::isInstance));
        }
    }
}
