package io.pando.test.recipes.data;

import io.pando.recipes.cache.CacheEvent;
import io.pando.recipes.cache.CachedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What really happened to each path, as its only writer knows it, and what a listener was told. A state is the zxid of the write that
 * made it; absence has one too, the zxid after which the znode was gone, as a negative number.
 */
final class Truth {
    private final Map<String, List<Long>> history = new HashMap<>();
    private final ConcurrentLinkedQueue<CacheEvent> told = new ConcurrentLinkedQueue<>();

    void wasWritten(String path, long mzxid) {
        history.computeIfAbsent(path, none -> new ArrayList<>()).add(mzxid);
    }

    void wasDeleted(String path) {
        List<Long> states = Objects.requireNonNull(history.get(path));
        states.add(-states.get(states.size() - 1));
    }

    void tell(CacheEvent event) {
        told.add(event);
    }

    /** What is wrong with what was told; empty if nothing is. */
    List<String> lies() {
        List<String> lies = new ArrayList<>();
        Map<String, Integer> at = new HashMap<>();
        Map<String, Boolean> present = new HashMap<>();
        for (CacheEvent event : told) {
            if (event instanceof CacheEvent.Updated updated) {
                CachedNode node = updated.node();
                check(node.path(), node.stat().mzxid(), at, lies);
                if (present.getOrDefault(node.path(), false) != updated.before().isPresent()) {
                    lies.add(node.path() + " was told with the wrong state before");
                }
                present.put(node.path(), true);
            } else if (event instanceof CacheEvent.Removed removed) {
                String path = removed.node().path();
                if (!present.getOrDefault(path, false)) {
                    lies.add(path + " was told as removed twice");
                }
                present.put(path, false);
                int after = nextDeletion(path, at.getOrDefault(path, -1));
                if (after < 0) {
                    lies.add(path + " was told as removed and was not");
                } else {
                    at.put(path, after);
                }
            }
        }
        history.forEach((path, states) -> {
            long state = states.get(states.size() - 1);
            boolean told = state < 0
                    ? !present.getOrDefault(path, false)
                    : present.getOrDefault(path, false) && at.getOrDefault(path, -1) == states.size() - 1;
            if (!told) {
                lies.add("The latest state of " + path + " was not told");
            }
        });
        return lies;
    }

    private void check(String path, long mzxid, Map<String, Integer> at, List<String> lies) {
        int index = history.getOrDefault(path, List.of()).indexOf(mzxid);
        int before = at.getOrDefault(path, -1);
        if (index < 0) {
            lies.add(path + " was told in a state that never was");
        } else if (index <= before) {
            lies.add(path + " was told in state " + index + " after state " + before);
        } else {
            at.put(path, index);
        }
    }

    private int nextDeletion(String path, int from) {
        List<Long> states = history.getOrDefault(path, List.of());
        for (int i = from + 1; i < states.size(); i++) {
            if (states.get(i) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** The latest state of each path that exists. */
    Map<String, Long> latest() {
        Map<String, Long> latest = new HashMap<>();
        history.forEach((path, states) -> {
            long state = states.get(states.size() - 1);
            if (state > 0) {
                latest.put(path, state);
            }
        });
        return latest;
    }

    Optional<Long> latest(String path) {
        return Optional.ofNullable(latest().get(path));
    }

    int told() {
        return told.size();
    }
}
