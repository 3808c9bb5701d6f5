package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.WriteRequest;
import io.pando.zab.runtime.Clock;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LongMultisTest {
    private static final int BYTES = 1 << 20;
    private static final int PARTS_PER_SECOND = 25_000;

    private final StoppedClock clock = new StoppedClock();
    private int servers = 1;
    private final LongMultis multis = new LongMultis(PARTS_PER_SECOND, clock, () -> servers);

    @Test
    void parts_that_exceed_the_allowance_keep_the_next_long_multi_waiting_until_they_are_paid_for() {
        multis.cameIn(writing(LongMultis.FREE_PARTS + 3 * PARTS_PER_SECOND));

        assertFalse(multis.mayComeIn(OpCode.MULTI, BYTES));
        assertFalse(multis.mayComeIn(OpCode.MULTI_READ, BYTES));

        clock.pass(1_999);
        assertFalse(multis.mayComeIn(OpCode.MULTI, BYTES));

        clock.pass(1); // with the second that was saved, three
        assertTrue(multis.mayComeIn(OpCode.MULTI, BYTES));
        assertTrue(multis.mayComeIn(OpCode.MULTI_READ, BYTES));
    }

    @Test
    void each_server_of_an_ensemble_has_its_share() {
        servers = 3;

        multis.cameIn(writing(LongMultis.FREE_PARTS + PARTS_PER_SECOND));

        clock.pass(1_999); // of three seconds, of which one was saved
        assertFalse(multis.mayComeIn(OpCode.MULTI, BYTES));
        clock.pass(1);
        assertTrue(multis.mayComeIn(OpCode.MULTI, BYTES));
    }

    @Test
    void reads_are_paid_for_as_writes_are() {
        multis.cameIn(reading(LongMultis.FREE_PARTS + 2 * PARTS_PER_SECOND));

        assertFalse(multis.mayComeIn(OpCode.MULTI, BYTES));
    }

    @Test
    void no_more_than_a_second_is_saved_however_long_nobody_asks() {
        clock.pass(60_000);

        multis.cameIn(writing(LongMultis.FREE_PARTS + 2 * PARTS_PER_SECOND));

        assertFalse(multis.mayComeIn(OpCode.MULTI, BYTES));
    }

    @Test
    void one_multi_after_the_other_of_no_more_than_the_free_parts_may_always_come_in() {
        for (int i = 0; i < 1_000; i++) {
            multis.cameIn(writing(LongMultis.FREE_PARTS));
        }

        assertTrue(multis.mayComeIn(OpCode.MULTI, BYTES));
    }

    @Test
    void without_a_limit_nobody_waits() {
        LongMultis unlimited = new LongMultis(0, clock, () -> 1);

        unlimited.cameIn(writing(10 * PARTS_PER_SECOND));

        assertTrue(unlimited.mayComeIn(OpCode.MULTI, BYTES));
    }

    @Test
    void short_multis_and_other_long_requests_come_in_while_long_multis_wait() {
        multis.cameIn(writing(10 * PARTS_PER_SECOND));

        assertTrue(multis.mayComeIn(OpCode.MULTI, 1_000));
        assertTrue(multis.mayComeIn(OpCode.SET_DATA, BYTES));
    }

    private static WriteRequest.Multi writing(int parts) {
        return new WriteRequest.Multi(Collections.nCopies(parts, new WriteRequest.Check("/a", -1)));
    }

    private static ReadRequest.MultiRead reading(int parts) {
        return new ReadRequest.MultiRead(Collections.nCopies(parts, new ReadRequest.GetData("/a", false)));
    }

    private static final class StoppedClock implements Clock {
        private long nanos = Long.MAX_VALUE; // differences only mean something: it soon turns negative

        void pass(long milliseconds) {
            nanos += TimeUnit.MILLISECONDS.toNanos(milliseconds);
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long wallMs() {
            return 0;
        }
    }
}
