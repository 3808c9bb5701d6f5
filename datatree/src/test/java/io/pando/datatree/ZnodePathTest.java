package io.pando.datatree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ZnodePathTest {
    static final List<String> VALID = List.of(
            "/",
            "/a",
            "/a/b",
            "/zookeeper/quota",
            "/a b",
            "/ ",
            "/...",
            "/.a",
            "/a.",
            "/a..b/..c",
            "/..a",
            "/.../....",
            "/A-Z_0~9",
            "/q-0000000001",
            "/ä/東京",
            "/\u00a0",
            "/~",
            "/\ud7ff",
            "/\uf900",
            "/\uffef");

    static final List<String> INVALID = List.of(
            "",
            "a",
            "a/b",
            " /a",
            "./a",
            "//",
            "//a",
            "/a//b",
            "/a/",
            "/a//",
            "/.",
            "/..",
            "/a/.",
            "/a/..",
            "/./a",
            "/a/../b",
            "/a\u0000",
            "/\u0001",
            "/a\u001fb",
            "/\u007f",
            "/\u009f",
            "/\ud800",
            "/\ud83d\ude00",
            "/\ue000",
            "/\uf8ff",
            "/\ufff0",
            "/a/\uffff");

    @ParameterizedTest
    @FieldSource("VALID")
    void a_valid_path_has_no_problem(String path) {
        assertNull(ZnodePath.problem(path));
        assertTrue(ZnodePath.isValid(path));
    }

    @ParameterizedTest
    @FieldSource("INVALID")
    void an_invalid_path_is_refused(String path) {
        assertFalse(ZnodePath.isValid(path));
    }

    @Test
    void a_problem_says_what_is_wrong_and_where() {
        assertEquals("The path is empty; it has to start with '/'", ZnodePath.problem(""));
        assertEquals("The path has to start with '/', not with 'a'", ZnodePath.problem("a/b"));
        assertEquals("The path has to start with '/', not with U+0000", ZnodePath.problem("\u0000"));
        assertEquals("The path ends with '/'; only the root may", ZnodePath.problem("/a/"));
        assertEquals("The path has an empty name at index 3", ZnodePath.problem("/a//b"));
        assertEquals("U+E000 is not allowed in a path; it is at index 2", ZnodePath.problem("/a\ue000"));
        assertEquals("Relative names are not allowed in a path; '..' is at index 3", ZnodePath.problem("/a/../b"));
    }

    @ParameterizedTest
    @CsvSource({"/,/,''", "/a,/,a", "/a/b,/a,b", "/a/b/c,/a/b,c"})
    void a_path_is_its_parent_and_its_name(String path, String parent, String name) {
        assertEquals(parent, ZnodePath.parentOf(path));
        assertEquals(name, ZnodePath.nameOf(path));
        if (!name.isEmpty()) {
            assertEquals(path, ZnodePath.childOf(parent, name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/,/,true",
        "/a,/,true",
        "/a,/a,true",
        "/a/b,/a,true",
        "/ab,/a,false",
        "/a,/a/b,false",
        "/b,/a,false",
        "/,/a,false"
    })
    void only_what_starts_with_all_its_names_is_below_a_path(String path, String ancestor, boolean below) {
        assertEquals(below, ZnodePath.isAtOrBelow(path, ancestor));
    }
}
