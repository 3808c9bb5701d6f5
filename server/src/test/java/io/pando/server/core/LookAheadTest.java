package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.datatree.Prefetch;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.session.WriteRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** To look ahead costs each write one look, however many wait and whatever waits among them. */
class LookAheadTest {
    private static final String NO_WRITE = "";

    private final List<String> lookedAt = new ArrayList<>();
    private final LookAhead<String> lookAhead = LookAhead.ofRequests(this::look);
    private final Deque<String> queue = new ArrayDeque<>();

    private @Nullable WriteRequest look(String waiting) {
        lookedAt.add(waiting);
        return waiting.equals(NO_WRITE) ? null : new WriteRequest.SetData(waiting, null, -1);
    }

    private void decideFirst() {
        if (!queue.element().equals(NO_WRITE)) {
            lookAhead.next(queue, Tree.empty());
        }
        queue.remove();
    }

    private static List<String> writes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "/znode-" + i).toList();
    }

    @Test
    void each_that_waits_is_looked_at_once() {
        queue.addAll(writes(100));

        while (!queue.isEmpty()) {
            decideFirst();
        }

        assertEquals(writes(100), lookedAt);
    }

    @Test
    void no_more_are_looked_at_than_are_fetched_together() {
        queue.addAll(writes(100));

        decideFirst();

        assertEquals(writes(Prefetch.ENOUGH_PATHS), lookedAt);
    }

    @Test
    void what_is_no_write_does_not_count() {
        for (String write : writes(100)) {
            queue.add(NO_WRITE);
            queue.add(write);
        }

        while (!queue.isEmpty()) {
            decideFirst();
        }

        assertEquals(
                writes(100),
                lookedAt.stream().filter(one -> !one.equals(NO_WRITE)).toList());
    }

    @Test
    void those_that_come_later_are_looked_at_as_well() {
        queue.addAll(writes(3));
        decideFirst();
        queue.add("/later");

        while (!queue.isEmpty()) {
            decideFirst();
        }

        assertEquals(List.of("/znode-0", "/znode-1", "/znode-2", "/later"), lookedAt);
    }

    @Test
    void of_multis_no_more_are_looked_at_than_have_room_with_all_their_parts() {
        LookAhead<String> ofMultis = LookAhead.ofTxns(waiting -> {
            lookedAt.add(waiting);
            return new Txn.Multi(Collections.nCopies(10, new Txn.SetData(waiting, null, 1)));
        });
        queue.addAll(writes(100));

        ofMultis.next(queue, Tree.empty());
        assertEquals(writes(4), lookedAt);

        while (!queue.isEmpty()) {
            queue.remove();
            if (!queue.isEmpty()) {
                ofMultis.next(queue, Tree.empty());
            }
        }
        assertEquals(writes(100), lookedAt);
    }
}
