package io.pando.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void text_is_shown_as_it_is_and_everything_else_in_hexadecimal() {
        assertEquals("grüß\nGott", Text.of("grüß\nGott".getBytes(StandardCharsets.UTF_8)));
        assertEquals("0xff00", Text.of(new byte[] {(byte) 0xff, 0}));
        assertEquals("0x1b5b41", Text.of(new byte[] {0x1b, '[', 'A'}));
        assertEquals("", Text.of(new byte[0]));
        assertEquals("null", Text.of((byte[]) null));
    }

    @Test
    void a_stat_looks_as_in_zookeepers_shell() {
        var text = Text.of(new Stat(0x1_0000_0001L, 2, 0, 1000, 3, 4, 5, 0xab, 6, 7, 8), ZoneOffset.UTC);

        assertTrue(text.startsWith("cZxid = 0x100000001\nctime = Thu Jan 01 00:00:00 Z 1970\nmZxid = 0x2\n"), text);
        assertTrue(text.endsWith("ephemeralOwner = 0xab\ndataLength = 6\nnumChildren = 7"), text);
    }

    @Test
    void every_error_is_explained_with_the_path() {
        for (var code : ErrorCode.values()) {
            assertTrue(Explanation.of(code, "/app/x").contains("/app/x"), code::name);
        }
        assertTrue(Explanation.of(null, "/app/x").contains("/app/x"));
        assertEquals(
                "/app does not exist; create it before /app/x.", Explanation.ofCreate(ErrorCode.NO_NODE, "/app/x"));
    }
}
