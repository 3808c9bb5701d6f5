package io.pando.client.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.watch.OneShot.Kind;
import io.pando.session.AddWatchMode;
import io.pando.session.EventType;
import io.pando.session.WatchRequest.SetWatches;
import io.pando.session.WatcherType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchesTest {
    private final Watches watches = new Watches();
    private final List<String> told = new ArrayList<>();

    private OneShot add(Kind kind, String path, boolean absent) {
        var watch = new OneShot(kind, path, event -> told.add(kind + " " + event.path()), () -> told.add("end"));
        watches.add(watch, absent);
        return watch;
    }

    private Standing add(AddWatchMode mode, String path) {
        var watch = new Standing(mode, path, event -> told.add(mode + " " + path + " " + event.path()));
        watches.add(watch);
        return watch;
    }

    private List<String> tell(EventType type, String path) {
        told.clear();
        watches.tell(new NodeEvent(type, path, 1));
        return List.copyOf(told);
    }

    @Test
    void a_one_shot_watch_is_told_once() {
        add(Kind.DATA, "/a", false);

        assertEquals(List.of("DATA /a"), tell(EventType.NODE_DATA_CHANGED, "/a"));
        assertEquals(List.of(), tell(EventType.NODE_DATA_CHANGED, "/a"));
    }

    @Test
    void a_deletion_is_told_to_every_kind_and_a_change_of_children_to_one() {
        add(Kind.DATA, "/a", false);
        add(Kind.CHILDREN, "/a", false);

        assertEquals(List.of("CHILDREN /a"), tell(EventType.NODE_CHILDREN_CHANGED, "/a"));
        add(Kind.CHILDREN, "/a", false);
        assertEquals(List.of("DATA /a", "CHILDREN /a"), tell(EventType.NODE_DELETED, "/a"));
    }

    @Test
    void a_recursive_watch_is_told_of_everything_below_but_not_of_lists_of_children() {
        add(AddWatchMode.PERSISTENT_RECURSIVE, "/a");
        add(AddWatchMode.PERSISTENT, "/a/b");

        assertEquals(
                List.of("PERSISTENT /a/b /a/b", "PERSISTENT_RECURSIVE /a /a/b"), tell(EventType.NODE_CREATED, "/a/b"));
        assertEquals(List.of("PERSISTENT /a/b /a/b"), tell(EventType.NODE_CHILDREN_CHANGED, "/a/b"));
        assertEquals(List.of(), tell(EventType.NODE_CREATED, "/ab"));
    }

    @Test
    void the_server_is_asked_to_forget_what_nobody_wants_any_more() {
        var first = add(Kind.DATA, "/a", false);
        var second = add(Kind.EXISTS, "/a", false);
        var standing = add(AddWatchMode.PERSISTENT, "/a");

        assertEquals(List.of(), watches.remove(first));
        assertEquals(List.of(WatcherType.DATA), watches.remove(second));
        assertEquals(List.of(), watches.remove(second));
        assertTrue(watches.remove(standing));
        assertFalse(watches.hasAny("/a"));
    }

    @Test
    void what_a_server_has_set_is_set_again_in_frames_that_a_server_takes() {
        add(Kind.EXISTS, "/absent", true);
        add(AddWatchMode.PERSISTENT, "/unanswered");
        add(AddWatchMode.PERSISTENT_RECURSIVE, "/answered").establish();
        for (int i = 0; i < 2_000; i++) {
            add(Kind.DATA, "/" + "x".repeat(200) + i, false);
        }

        var frames = new ArrayList<SetWatches>();
        watches.setAgain(77, frames::add);

        assertEquals(4, frames.size());
        assertEquals(
                2_000, frames.stream().mapToInt(frame -> frame.data().size()).sum());
        assertTrue(frames.stream().allMatch(frame -> frame.relativeZxid() == 77));
        var last = frames.get(frames.size() - 1);
        assertEquals(List.of("/absent"), last.exist());
        assertEquals(List.of(), last.persistent());
        assertEquals(List.of("/answered"), last.recursive());
    }

    @Test
    void the_end_of_the_client_is_told_to_those_who_still_wait() {
        add(Kind.DATA, "/a", false);

        watches.end();

        assertEquals(List.of("end"), told);
    }
}
