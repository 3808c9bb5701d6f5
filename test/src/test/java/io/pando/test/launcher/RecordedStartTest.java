package io.pando.test.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM has recorded of the rehearsal is all that a server needs to start. */
class RecordedStartTest {
    @TempDir
    Path folder;

    @Test
    void no_class_is_looked_for_in_a_library() throws Exception {
        assumeTrue(Runtime.version().feature() >= 25, "Older ones have no such record");
        Path loaded = folder.resolve("loaded.txt");

        try (var server = ServerProcess.start(
                Target.INSTALLED_PANDO, Map.of(), "-Xlog:class+load:file=" + loaded + "::filecount=0")) {
            assertTrue(server.isAlive());
        }

        List<String> lines = Files.readAllLines(loaded);
        assertTrue(lines.stream().anyMatch(line -> line.contains("io.pando.server.PandoServer source: shared")));
        assertEquals(
                List.of(),
                lines.stream().filter(line -> line.contains("source: file:")).toList(),
                "To open one library takes longer than all else of a class");
    }
}
