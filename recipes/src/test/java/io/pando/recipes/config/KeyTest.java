package io.pando.recipes.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTest {
    @Test
    void every_type_reads_what_it_writes() {
        assertEquals(-7, roundTrip(Key.ofInt("k", 0), -7));
        assertEquals(Long.MAX_VALUE, roundTrip(Key.ofLong("k", 0), Long.MAX_VALUE));
        assertEquals(0.1, roundTrip(Key.ofDouble("k", 0), 0.1));
        assertEquals(true, roundTrip(Key.ofBoolean("k", false), true));
        assertEquals(" text ", roundTrip(Key.ofText("k", ""), " text "));
        assertEquals(Duration.ofMillis(1), roundTrip(Key.ofDuration("k", Duration.ZERO), Duration.ofMillis(1)));
    }

    private static <T> T roundTrip(Key<T> key, T value) {
        return key.read(key.write(value));
    }

    @Test
    void what_is_no_value_is_refused() {
        assertThrows(BadSettingException.class, () -> Key.ofInt("k", 0).read("1.5"));
        assertThrows(BadSettingException.class, () -> Key.ofBoolean("k", true).read("yes"));
        assertThrows(
                BadSettingException.class,
                () -> Key.ofDuration("k", Duration.ZERO).read("5 s"));
    }

    @Test
    void names_are_paths_and_none_is_above_another() {
        assertThrows(IllegalArgumentException.class, () -> Key.ofText("a//b", ""));
        assertThrows(IllegalArgumentException.class, () -> Key.ofText("", ""));
        assertNull(Names.conflict(Set.of("a/b", "a/c", "ab")));
        assertEquals("\"a\" and \"a/b/c\" can't both be settings", Names.conflict(Set.of("a", "a/b/c")));
    }
}
