package io.pando.test.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/guarantees.md} names the tests that show what it says, as {@code module/Class.method}. */
class GuaranteesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path GUIDE = ROOT.resolve("docs").resolve("guarantees.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+)/(\\w+)\\.(\\w+)`");
    private static final Pattern CLASS = Pattern.compile("`(\\w+(?:Test|Properties))`");
    private static final Pattern GUARANTEE = Pattern.compile("(?m)^- .*(?:\\n  .*)*");

    @Test
    void every_test_that_the_guide_names_exists() throws IOException {
        String guide = Files.readString(GUIDE);

        assertEquals(List.of(), missing(TEST.matcher(guide).results(), GuaranteesTest::exists));
        assertEquals(
                List.of(),
                missing(
                        CLASS.matcher(guide).results(),
                        named -> !filesOf("test", named.group(1)).isEmpty()));
    }

    @Test
    void every_guarantee_names_a_test() throws IOException {
        List<String> guarantees = GUARANTEE
                .matcher(Files.readString(GUIDE))
                .results()
                .map(MatchResult::group)
                .toList();

        assertFalse(guarantees.isEmpty(), "there are guarantees");
        assertEquals(
                List.of(),
                guarantees.stream().filter(each -> !TEST.matcher(each).find()).toList());
    }

    private static List<String> missing(Stream<MatchResult> named, Predicate<MatchResult> exists) {
        return named.filter(exists.negate()).map(MatchResult::group).distinct().toList();
    }

    private static boolean exists(MatchResult named) {
        Pattern method = Pattern.compile("\\bvoid " + named.group(3) + "\\(");
        return filesOf(named.group(1), named.group(2)).stream()
                .anyMatch(file -> method.matcher(read(file)).find());
    }

    private static List<Path> filesOf(String module, String className) {
        Path tests = ROOT.resolve(module).resolve("src").resolve("test").resolve("java");
        if (!Files.isDirectory(tests)) return List.of();
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(file -> file.endsWith(className + ".java")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
