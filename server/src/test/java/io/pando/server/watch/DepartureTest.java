package io.pando.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the watches of a connection that is gone are removed. */
class DepartureTest {
    private static final int PATHS = 5;

    private final WatchTable watches = new WatchTable();
    private final RecordingWatcher gone = new RecordingWatcher();
    private final RecordingWatcher other = new RecordingWatcher();

    @Test
    void no_more_paths_are_removed_at_once_than_was_said() {
        watchAll(gone, WatchMode.DATA);
        WatchTable.Departure departure = watches.depart(gone);

        assertTrue(departure.goOn(2));
        assertEquals(3, watches.watchCount());
        assertTrue(departure.goOn(2));
        assertEquals(1, watches.watchCount());
        assertFalse(departure.goOn(2));
        assertEquals(0, watches.watchCount());
        assertEquals(0, watches.pathCount());
    }

    @Test
    void a_connection_that_watched_nothing_is_gone_at_once() {
        assertFalse(watches.depart(gone).goOn(1));
    }

    @Test
    void what_others_watch_stays() {
        watchAll(gone, WatchMode.DATA);
        watchAll(other, WatchMode.DATA);

        assertFalse(watches.depart(gone).goOn(PATHS));

        assertEquals(PATHS, watches.watchCount());
        for (int i = 0; i < PATHS; i++) {
            assertEquals(Set.of(other), watches.takeDataWatchers("/p" + i));
        }
    }

    @Test
    void a_connection_counts_no_more_as_soon_as_it_is_gone() {
        watchAll(gone, WatchMode.DATA);

        watches.depart(gone);

        assertEquals(0, watches.watcherCount());
    }

    @Test
    void watches_that_fire_before_they_are_removed_leave_nothing_behind() {
        watchAll(gone, WatchMode.DATA);
        WatchTable.Departure departure = watches.depart(gone);

        for (int i = 0; i < PATHS; i++) {
            watches.takeDataWatchers("/p" + i);
        }

        assertFalse(departure.goOn(PATHS));
        assertEquals(0, watches.watchCount());
        assertEquals(0, watches.pathCount());
    }

    @Test
    void recursive_watches_are_removed_as_well() {
        watchAll(gone, WatchMode.RECURSIVE);
        WatchTable.Departure departure = watches.depart(gone);

        assertTrue(departure.goOn(PATHS - 1));
        assertEquals(1, stillTold());
        assertFalse(departure.goOn(1));
        assertEquals(0, stillTold());
    }

    private int stillTold() {
        int told = 0;
        for (int i = 0; i < PATHS; i++) {
            told += watches.takeDataWatchers("/p" + i + "/child").size();
        }
        return told;
    }

    private void watchAll(Watcher watcher, int modes) {
        for (int i = 0; i < PATHS; i++) {
            watches.add(watcher, "/p" + i, modes);
        }
    }
}
