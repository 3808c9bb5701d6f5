package io.pando.session.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdsTest {
    private static final long CONTAINER_MARK = 0x8000_0000_0000_0000L;

    @Test
    void an_id_is_server_clock_and_counter() {
        SessionIds ids = new SessionIds(5, 0x0123_4567_89ab_cdefL);

        assertEquals(0x0567_89ab_cdef_0000L, ids.next());
        assertEquals(0x0567_89ab_cdef_0001L, ids.next());
    }

    @Test
    void a_counter_that_runs_over_stays_below_the_servers_byte() {
        SessionIds ids = new SessionIds(128, 0xff_ffff_ffffL);
        Set<Long> seen = new HashSet<>();

        for (int i = 0; i < 0x20000; i++) {
            long id = ids.next();
            assertEquals(0x80, id >>> 56);
            assertNotEquals(CONTAINER_MARK, id);
            assertTrue(seen.add(id));
        }
    }

    @Property
    void ids_are_never_what_marks_something_else(
            @ForAll @IntRange(max = 254) int serverId, @ForAll long startMs, @ForAll @IntRange(max = 1) int atStart) {
        SessionIds ids = new SessionIds(serverId, startMs * atStart);

        for (int i = 0; i < 3; i++) {
            long id = ids.next();
            assertNotEquals(0, id);
            assertNotEquals(CONTAINER_MARK, id);
            assertEquals(serverId, id >>> 56);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {255, 511, -1})
    void a_server_id_that_looks_like_a_time_to_live_is_refused(long serverId) {
        assertThrows(IllegalArgumentException.class, () -> new SessionIds(serverId, 0));
    }
}
