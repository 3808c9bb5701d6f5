import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the layout of all Java sources to palantir-java-format: {@code check} names the files that differ and fails, {@code
 * apply} rewrites them.
 *
 * <p>Maven runs this file as it stands, on the JDK that compiles the code, because the formatter parses with the javac of
 * its own JVM, and Maven's may be too old for the syntax used here.
 */
public final class Formatting {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Formatting() {}

    public static void main(String[] args) throws IOException {
        var root = Path.of(args[1]);
        var differing =
                sourcesUnder(root).parallelStream().filter(Formatting::differs).toList();
        if (args[0].equals("apply")) {
            for (var source : differing) {
                Files.writeString(source, formatted(source));
                System.out.println("formatted " + root.relativize(source));
            }
        } else if (!differing.isEmpty()) {
            System.err.println("These files are not formatted; run ./format and commit again:");
            differing.forEach(source -> System.err.println("  " + root.relativize(source)));
            System.exit(1);
        }
    }

    private static List<Path> sourcesUnder(Path root) throws IOException {
        var sources = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                var ours = folder.equals(root) || !(name.equals("target") || name.startsWith("."));
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) sources.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    private static boolean differs(Path source) {
        try {
            return !Files.readString(source).equals(formatted(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String formatted(Path source) throws IOException {
        try {
            return FORMATTER.formatSourceAndFixImports(Files.readString(source));
        } catch (FormatterException e) {
            throw new IOException(source + " can't be parsed: " + e.getMessage(), e);
        }
    }
}
