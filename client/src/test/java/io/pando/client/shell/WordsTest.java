package io.pando.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void blanks_separate_words_unless_quoted_or_escaped() {
        assertEquals(
                List.of("set", "/a b", "it's", "x y", "C:\\", "q\"q"),
                Words.of("  set \"/a b\" it\\'s 'x y'\tC:\\\\ 'q\"q' "));
    }

    @Test
    void an_empty_word_can_be_quoted() {
        assertEquals(List.of("set", "/a", ""), Words.of("set /a ''"));
    }

    @Test
    void a_quote_inside_a_word_belongs_to_it() {
        assertEquals(List.of("/a b/c"), Words.of("/a' 'b/c"));
    }

    @Test
    void an_open_quote_is_a_mistake() {
        assertThrows(IllegalArgumentException.class, () -> Words.of("set /a 'x"));
    }
}
