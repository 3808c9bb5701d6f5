package io.pando.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapSharesTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {16, 64, 256, 1024, 65_536})
    void what_waits_never_takes_more_than_half_of_the_heap(long heapMib) {
        HeapShares shares = HeapShares.of(heapMib * MIB);

        assertTrue(shares.underWayBytes() + shares.historyBytes() + shares.unreadBytes() <= heapMib * MIB / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {512, 4096})
    void a_usual_heap_has_room_for_all_that_helps(long heapMib) {
        HeapShares shares = HeapShares.of(heapMib * MIB);

        assertEquals(64 * MIB, shares.underWayBytes());
        assertEquals(24 * MIB, shares.historyBytes());
    }
}
