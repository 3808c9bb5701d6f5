package io.pando.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionCommandTest {
    @Test
    void it_names_pando_java_and_the_zookeeper_it_answers_as() {
        var run = CommandRun.of(Map.of(), "version");

        assertEquals(0, run.exitCode());
        assertTrue(
                run.out().matches("Pando \\S+ on Java \\S+ \\(clients see ZooKeeper 3\\.9\\.5-pando-\\S+\\)\n"),
                run::out);
    }
}
