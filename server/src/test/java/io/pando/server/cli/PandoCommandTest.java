package io.pando.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PandoCommandTest {
    @Test
    void version_names_pando_java_and_the_zookeeper_it_answers_as() {
        var run = CommandRun.of(Map.of(), "version");

        assertEquals(0, run.exitCode());
        assertTrue(
                run.out().matches("Pando \\S+ on Java \\S+ \\(clients see ZooKeeper 3\\.9\\.5-pando-\\S+\\)\n"),
                run::out);
    }

    @Test
    void every_command_explains_itself() {
        for (var command : List.of("server", "config", "log", "snapshot", "version")) {
            var run = CommandRun.of(Map.of(), command, "--help");

            assertEquals(0, run.exitCode(), run::err);
            assertTrue(run.out().startsWith("Usage: pando " + command), run::out);
        }
    }
}
