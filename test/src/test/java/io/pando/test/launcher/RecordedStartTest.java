package io.pando.test.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Ensemble;
import io.pando.test.harness.Program;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM has recorded of the rehearsals is all that a server needs to start, and nearly all that the shell does. */
class RecordedStartTest {
    @TempDir
    Path folder;

    @BeforeEach
    void there_is_a_record() {
        assumeTrue(Runtime.version().feature() >= 25, "Older ones have no such record");
    }

    @Test
    void no_class_of_a_server_is_looked_for_in_a_library() throws Exception {
        try (var server = ServerProcess.start(Target.INSTALLED_PANDO, Map.of(), tellOfClasses())) {
            assertTrue(server.isAlive());
            assertNoLibraryWasOpened(1);
        }
    }

    @Test
    void no_class_of_servers_that_agree_is_looked_for_in_a_library() throws Exception {
        try (var ensemble = Ensemble.of(3).withJvmOption(tellOfClasses()).start(Target.INSTALLED_PANDO)) {
            ensemble.awaitServing();
            assertNoLibraryWasOpened(3);
        }
    }

    @Test
    void no_class_of_the_shell_is_looked_for_in_a_library_except_those_too_old_for_a_record() throws Exception {
        try (var server = ServerProcess.start(Target.INSTALLED_PANDO, Map.of())) {
            List<String> look = List.of("shell", "--server", "127.0.0.1:" + server.port(), "get", "/zookeeper/config");
            Process shell = Program.installed(List.of(tellOfClasses()), look)
                    .builder()
                    .inheritIO()
                    .start();

            assertEquals(0, shell.waitFor());
        }

        List<String> classes = classesOfEach(1).get(0);
        assertTrue(classes.stream().anyMatch(line -> line.contains("io.pando.client.shell.Main source: shared")));
        assertEquals(
                List.of(),
                fromLibraries(classes)
                        .filter(line ->
                                !line.contains(" picocli.") && !line.contains(" io.netty.util.internal.logging."))
                        .toList());
    }

    /** Each process writes down where its classes came from. */
    private String tellOfClasses() {
        return "-Xlog:class+load:file=" + folder.resolve("loaded-%p.txt") + "::filecount=0";
    }

    private void assertNoLibraryWasOpened(int servers) throws IOException {
        for (List<String> classes : classesOfEach(servers)) {
            assertTrue(classes.stream().anyMatch(line -> line.contains("io.pando.server.PandoServer source: shared")));
            assertEquals(
                    List.of(),
                    fromLibraries(classes).toList(),
                    "To open one library takes longer than all else of a class");
        }
    }

    private List<List<String>> classesOfEach(int processes) throws IOException {
        List<List<String>> classes = new ArrayList<>();
        try (var logs = Files.newDirectoryStream(folder)) {
            for (Path log : logs) {
                classes.add(Files.readAllLines(log));
            }
        }
        assertEquals(processes, classes.size());
        return classes;
    }

    private static Stream<String> fromLibraries(List<String> classes) {
        return classes.stream().filter(line -> line.contains("source: file:"));
    }
}
