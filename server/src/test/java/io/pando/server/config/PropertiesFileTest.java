package io.pando.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    @TempDir
    Path dir;

    @Test
    void comments_continued_lines_and_escapes_are_read_and_lines_are_counted() throws IOException {
        var file = Files.writeString(
                dir.resolve("a.cfg"), "# a \\\na=1\n\n  ! no\nb : two \\\n   lines\nc\\=d=x\\\\\ne f\n\\u0041=1\n");
        var problems = new ArrayList<String>();

        var givens = PropertiesFile.read(file, problems);

        assertEquals(
                List.of(
                        new Given("a", "1", new Origin.InFile(file, 2)),
                        new Given("b", "two lines", new Origin.InFile(file, 5)),
                        new Given("c=d", "x\\", new Origin.InFile(file, 7)),
                        new Given("e", "f", new Origin.InFile(file, 8)),
                        new Given("A", "1", new Origin.InFile(file, 9))),
                givens);
        assertTrue(problems.isEmpty());
    }

    @Test
    void a_broken_escape_is_a_problem_of_its_line_only() throws IOException {
        var file = Files.writeString(dir.resolve("a.cfg"), "a=1\nb=\\u12\nc=3\n");
        var problems = new ArrayList<String>();

        assertEquals(2, PropertiesFile.read(file, problems).size());
        assertEquals(List.of(file + " line 2: \\u must be followed by four hexadecimal digits."), problems);
    }

    @Property
    void it_reads_what_java_reads(
            @ForAll
                    @StringLength(max = 40)
                    @Chars({'\\', '\n', '#', '!', '=', ':', ' ', '\t'})
                    @CharRange(from = 'a', to = 'c')
                    String lines)
            throws IOException {
        var file = Files.createTempFile("pando", ".cfg");
        try {
            var text = lines + "\n";
            Files.writeString(file, text);
            var expected = new Properties();
            expected.load(new StringReader(text));

            var actual = new Properties();
            PropertiesFile.read(file, new ArrayList<>()).forEach(given -> actual.put(given.key(), given.value()));

            expected.replaceAll((key, value) -> value.toString().strip());
            assertEquals(expected, actual);
        } finally {
            Files.delete(file);
        }
    }
}
