package io.pando.zab.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class SimMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void seeds_that_go_well_are_counted_with_what_was_met() {
        assertEquals(0, run("--seeds", "3", "--from", "40"));

        assertTrue(said().startsWith("3 of 3 seeds, up to 42, in "), said());
        assertTrue(said().contains("What was met in 3 seeds:\n"), said());
        assertTrue(said().matches("(?s).* [1-9][0-9,]*  records committed\n.*"), said());
    }

    @Test
    void a_scenario_is_played_by_its_name_and_the_list_tells_the_names() {
        assertEquals(0, run("--scenario", "list"));
        assertTrue(said().contains("\nS20 "), said());

        out.reset();
        assertEquals(0, run("--scenario", "R6", "--seeds", "2", "--from", "7"));

        assertTrue(said().startsWith("2 of 2 seeds, up to 8, in "), said());
    }

    @Test
    void arguments_that_are_not_understood_are_answered_with_what_is_wrong_and_the_usage() {
        for (var arguments : new String[][] {
            {"--seeds"}, {"--seeds", "many"}, {"--sedes"}, {"--scenario", "S99"}, {"--reduced", "faults"}
        }) {
            out.reset();
            assertEquals(2, run(arguments));
            String culprit = arguments[arguments.length - 1];
            assertTrue(said().lines().findFirst().orElse("").contains(culprit), said());
            assertTrue(said().contains("\nUsage: pando simulate"), said());
        }
    }

    private int run(String... arguments) {
        return SimMain.run(arguments, new PrintStream(out, true, UTF_8));
    }

    private String said() {
        return out.toString(UTF_8);
    }
}
