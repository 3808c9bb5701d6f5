package io.pando.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void maps_lists_and_values_become_one_line() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("a", List.of(1, 2L, true));
        map.put("b", null);
        map.put("c", new LinkedHashMap<>());

        assertEquals("{\"a\":[1,2,true],\"b\":null,\"c\":{}}", JsonText.of(map));
    }

    @Test
    void what_json_can_not_hold_is_escaped() {
        assertEquals("\"\\\"\\\\\\n\\u0007ü\\ud800\"", JsonText.of("\"\\\n\u0007ü\ud800"));
        assertEquals("[null]", JsonText.of(Arrays.asList((Object) null)));
    }
}
