package io.pando.test.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.bench.target.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One decoder under Jazzer for a while: a process of its own, since Jazzer ends it at what it finds. What it learns goes to a folder, from which
 * the next run goes on.
 */
final class Guided {
    private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.";

    /** They look for what programs do to others with their input, such as running it; here some would find what tests do. */
    private static final String NOT_ASKED_FOR = Stream.of(
                    "ClojureLangHooks",
                    "Deserialization",
                    "ExpressionLanguageInjection",
                    "FilePathTraversal",
                    "LdapInjection",
                    "NamingContextLookup",
                    "OsCommandInjection",
                    "ReflectiveCall",
                    "RegexInjection",
                    "RegexRoadblocks",
                    "ScriptEngineInjection",
                    "ServerSideRequestForgery",
                    "SqlInjection",
                    "XPathInjection")
            .map(name -> SANITIZERS + name)
            .collect(Collectors.joining(":"));

    private static final Pattern RUNS = Pattern.compile("^#(\\d+)\\s.*?cov: (\\d+).*");
    private static final Pattern DONE = Pattern.compile("^Done (\\d+) runs.*");

    private final Path libraries;
    private final Path folder;

    /**
     * Runs of the fuzzer whose jars are in a folder.
     *
     * @param folder for what is learned and found, one folder below it for each decoder
     */
    Guided(Path libraries, Path folder) {
        this.libraries = libraries;
        this.folder = folder;
    }

    /**
     * How it went.
     *
     * @param inputs that were tried
     * @param branches of the code that were seen to be taken
     * @param finding what was found, as {@link BrokenPromiseException} says it
     */
    record Outcome(long inputs, long branches, Optional<String> finding) {}

    Outcome run(Decoder decoder, long seconds, long seed) throws IOException, InterruptedException {
        Path learned = Files.createDirectories(folder.resolve(decoder.name()));
        List<byte[]> corpus = Corpus.of(decoder);
        for (int i = 0; i < corpus.size(); i++) {
            Files.write(learned.resolve("kept-" + i), corpus.get(i));
        }
        Process process = new ProcessBuilder(command(decoder, learned, seconds, seed))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            List<String> lines = output.lines().toList();
            int exitCode = process.waitFor();
            Files.write(folder.resolve(decoder.name() + ".log"), lines);
            return outcome(lines, exitCode);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Decoder decoder, Path learned, long seconds, long seed) {
        String classPath = libraries + "/*:" + System.getProperty("java.class.path");
        return List.of(
                Installation.jdk("java").toString(),
                "-Xmx1g",
                "-Dkryo.unsafe=false",
                "-cp",
                classPath,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + decoder.name(),
                "--instrumentation_includes=io.pando.**:com.esotericsoftware.kryo.**",
                "--instrumentation_excludes=io.pando.test.**",
                "--custom_hook_includes=io.pando.nothing.**",
                "--disabled_hooks=" + NOT_ASKED_FOR,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/" + decoder.name() + "-",
                "-max_total_time=" + seconds,
                "-seed=" + (int) (seed & Integer.MAX_VALUE),
                "-timeout=30", // a hang
                "-max_len=8192",
                "-len_control=0",
                learned.toString());
    }

    private static Outcome outcome(List<String> lines, int exitCode) {
        long inputs = 0;
        long branches = 0;
        for (String line : lines) {
            Matcher progress = RUNS.matcher(line);
            Matcher done = DONE.matcher(line);
            if (progress.matches()) {
                inputs = Long.parseLong(progress.group(1));
                branches = Long.parseLong(progress.group(2));
            } else if (done.matches()) {
                inputs = Long.parseLong(done.group(1));
            }
        }
        return new Outcome(inputs, branches, exitCode == 0 ? Optional.empty() : Optional.of(finding(lines)));
    }

    private static String finding(List<String> lines) {
        List<String> told = new ArrayList<>();
        for (String line : lines) {
            if (line.contains("breaks its promise")
                    || line.contains("To see it again")
                    || line.contains("ALARM: working")) {
                told.add(line);
            }
        }
        return told.isEmpty()
                ? String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size()))
                : String.join(System.lineSeparator(), told);
    }
}
