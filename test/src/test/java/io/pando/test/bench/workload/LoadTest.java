package io.pando.test.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
    @Test
    void a_load_is_connections_times_outstanding() {
        assertEquals(new Load(8, 32), Load.of("8x32"));
        assertEquals("64x1", new Load(64, 1).toString());
        assertTrue(Load.of("1x1").isOneAtATime());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "x", "8x", "x8", "axb", "0x1", "1x0"})
    void anything_else_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Load.of(text));
    }
}
