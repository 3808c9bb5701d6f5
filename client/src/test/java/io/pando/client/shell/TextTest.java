package io.pando.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.error.Failures;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Stat;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
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
        var text = StatText.of(new Stat(0x1_0000_0001L, 2, 0, 1000, 3, 4, 5, 0xab, 6, 7, 8), ZoneOffset.UTC);

        assertTrue(text.startsWith("cZxid = 0x100000001\nctime = Thu Jan 01 00:00:00 Z 1970\nmZxid = 0x2\n"), text);
        assertTrue(text.endsWith("ephemeralOwner = 0xab\ndataLength = 6\nnumChildren = 7"), text);
    }

    @Test
    void every_error_is_explained_with_the_path() {
        assertEquals("/app/x does not exist.", Explanation.of(Failures.of(-101, "getData", "/app/x")));
        assertEquals(
                "/app does not exist; create it before /app/x.", Explanation.of(Failures.of(-101, "create", "/app/x")));
        for (var code : ErrorCode.values()) {
            if (code != ErrorCode.OK) {
                var sentence = Explanation.of(Failures.of(code.code(), "setData", "/app/x"));
                assertTrue(sentence.contains("/app/x"), sentence);
            }
        }
    }

    @Test
    void a_dump_shows_bytes_and_the_characters_that_can_be_shown() {
        byte[] data = "0123456789abcdef\n!".getBytes(StandardCharsets.UTF_8);

        assertEquals(
                "00000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 |0123456789abcdef|\n"
                        + "00000010  0a 21                                           |.!|",
                Text.hexDump(data));
    }

    @Test
    void acls_are_read_as_they_are_written() {
        String text = "digest:me:c2VjcmV0=:cdrwa";

        assertEquals(text, AclText.of(AclText.parse(text).get(0)));
        assertEquals(
                "In \"world:anyone:rx\", 'x' is no permission; they are cdrwa for create, delete, read, write and"
                        + " admin.",
                assertThrows(MistakeException.class, () -> AclText.parse("world:anyone:rx"))
                        .getMessage());
        assertThrows(MistakeException.class, () -> AclText.parse("anyone"));
    }

    @Test
    void a_drawing_connects_children_with_their_parents() {
        var lines = TreeDrawing.of(List.of("/", "/a", "/a/b", "/a/b/c", "/a/d", "/e", "/e/f"));

        assertEquals(
                List.of("/", "├── /a", "│   ├── /a/b", "│   │   └── /a/b/c", "│   └── /a/d", "└── /e", "    └── /e/f"),
                lines.stream().map(line -> line.branches() + line.path()).toList());
    }
}
