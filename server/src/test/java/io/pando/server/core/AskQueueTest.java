package io.pando.server.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Applied;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.datatree.Txn;
import io.pando.server.watch.Notification;
import io.pando.session.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The room that requests take in a server: from when they are let in until nothing of them is left. */
class AskQueueTest {
    private static final int BYTES = 100;

    private final Admission admission = new Admission(64L << 20, () -> 1);
    private final AskQueue asks = new AskQueue(admission);
    private final Listener client = new Listener();

    @Test
    void a_settled_request_takes_no_room() {
        Asked asked = ask();
        asks.forwarded();

        asks.settle(asked, null);
        asks.settle(asked, null);

        assertEquals(0, admission.heldBytes());
    }

    @Test
    void what_a_client_that_is_gone_has_asked_for_takes_room_only_if_it_is_under_way() {
        ask();
        asks.forwarded();
        ask();

        asks.forget(client);

        assertEquals(BYTES, admission.heldBytes());
    }

    @Test
    void what_is_under_way_for_a_client_that_is_gone_is_settled_like_the_rest() {
        Asked asked = ask();
        asks.forwarded();
        asks.forget(client);

        Asked found = found(asks.takeForwarded(asked.request));
        asks.settle(found, null);

        assertTrue(found.abandoned);
        assertEquals(0, admission.heldBytes());
    }

    @Test
    void without_a_leader_nothing_is_under_way_any_more() {
        ask();
        asks.forwarded();
        Asked proposed = ask();
        asks.proposed();
        asks.inDoubt().forEach(asks::forget);

        asks.giveUpUnderway(List.of(proposed));

        assertEquals(0, admission.heldBytes());
    }

    @Test
    void a_good_bye_that_never_left_is_lost_with_its_client() {
        asks.add(client, new Ask.Write(1, 1, List.of(), new WriteRequest.CloseSession()), 0);

        assertTrue(asks.forget(client));
    }

    @Test
    void a_good_bye_that_is_under_way_goes_on_without_its_client() {
        asks.add(client, new Ask.Write(1, 1, List.of(), new WriteRequest.CloseSession()), 0);
        asks.forwarded();

        assertFalse(asks.forget(client));
    }

    /** As on a disk that has become full while a write was under way: what is read behind both must not be older than that write. */
    @Test
    void a_refusal_that_was_settled_before_the_write_in_front_of_it_shows_what_that_has_made() {
        Tree before = Tree.empty().advancedTo(7);
        Tree made = Tree.empty().advancedTo(9);
        Asked write = ask();
        asks.forwarded();
        Asked refused = ask();
        asks.forwarded();

        asks.settle(refused, new Outbound.Refused(before, ErrorCode.SYSTEM_ERROR));
        asks.settle(write, new Outbound.WriteReply(9, new Txn.Delete("/a"), new Applied(made, List.of())));

        assertEquals(List.of(9L, 9L), client.told);
    }

    private Asked ask() {
        assertTrue(admission.admit(BYTES));
        asks.add(client, new Ask.Write(1, 1, List.of(), new WriteRequest.Delete("/a", -1)), BYTES);
        return found(asks.next());
    }

    private static Asked found(@Nullable Asked asked) {
        return Objects.requireNonNull(asked);
    }

    /** Remembers the zxids of what it is told. */
    private static final class Listener implements Client {
        private final List<Long> told = new ArrayList<>();

        @Override
        public void send(Outbound out) {
            told.add(out.zxid());
        }

        @Override
        public void tell(Notification event) {}

        @Override
        public List<Id> identities() {
            return List.of();
        }

        @Override
        public long sessionId() {
            return 1;
        }
    }
}
