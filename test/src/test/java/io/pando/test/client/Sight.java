package io.pando.test.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.follow.FollowEvent;
import io.pando.client.follow.FollowEvent.Step;
import io.pando.datatree.Stat;
import io.pando.test.client.Truth.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a follower was told; compares it with the truth. The monitor guards it, which test and callback thread share. */
final class Sight implements Consumer<FollowEvent> {
    private final List<FollowEvent> events = new ArrayList<>();
    private final Map<String, String> picture = new TreeMap<>();
    private boolean inSync;

    @Override
    public synchronized void accept(FollowEvent event) {
        events.add(event);
        if (event instanceof FollowEvent.Put put) {
            picture.put(put.path(), put.text());
        } else if (event instanceof FollowEvent.Removed removed) {
            picture.remove(removed.path());
        } else {
            inSync = event instanceof FollowEvent.InSync;
        }
    }

    synchronized boolean isInSyncWith(Map<String, String> tree) {
        return inSync && picture.equals(tree);
    }

    synchronized long count(Class<? extends FollowEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    synchronized long jumps() {
        return events.stream()
                .filter(event -> event instanceof FollowEvent.Put put && put.step() == Step.JUMPED)
                .count();
    }

    synchronized List<FollowEvent> events() {
        return List.copyOf(events);
    }

    /** Every state that was told is true, newer than the one before, and follows it as was said; nothing is missing when in sync. */
    void check(Truth truth) {
        Map<String, Stat> told = new TreeMap<>();
        for (FollowEvent event : events()) {
            if (event instanceof FollowEvent.Put put) {
                checkPut(put, told.put(put.path(), put.stat()), truth);
            } else if (event instanceof FollowEvent.Removed removed) {
                assertNotNull(told.remove(removed.path()), removed.path() + " was removed and never told");
            } else if (event instanceof FollowEvent.InSync sync) {
                truth.histories()
                        .forEach((path, history) -> checkNewEnough(path, told.get(path), history, sync.zxid()));
            }
        }
    }

    private static void checkPut(FollowEvent.Put put, @Nullable Stat before, Truth truth) {
        assertTrue(
                truth.history(put.path()).stream()
                        .anyMatch(state -> state.zxid() == put.stat().mzxid()
                                && state.data().equals(put.text())),
                put + " never was");
        if (before == null) {
            assertEquals(Step.NEW, put.step());
            return;
        }
        assertTrue(put.stat().mzxid() > before.mzxid(), put + " is not newer than " + before);
        boolean next = put.stat().czxid() == before.czxid() && put.stat().version() == before.version() + 1;
        assertEquals(next ? Step.NEXT : Step.JUMPED, put.step(), put.toString());
    }

    private static void checkNewEnough(String path, @Nullable Stat told, List<State> history, long zxid) {
        State due = null;
        for (State state : history) {
            if (state.zxid() <= zxid) {
                due = state;
            }
        }
        if (due == null || due.stat() == null) {
            // What was told may be newer than the zxid of being in sync, never older.
            long since = due == null ? 0 : due.zxid();
            assertTrue(told == null || told.czxid() > since, path + " is told and was gone at " + zxid);
        } else if (told != null) {
            assertTrue(told.mzxid() >= due.zxid(), path + " was newer at " + zxid + " than " + told);
        } else {
            State later = history.get(history.size() - 1);
            assertTrue(later.zxid() > zxid, path + " was there at " + zxid + " and not told");
            assertNull(told);
        }
    }
}
