package io.pando.test.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a soak besieges and tells, in a few seconds; {@code bin/pando soak} does it for as long as somebody likes. */
class SoakTest {
    private static final int ATTACKERS = 100;

    @Test
    void a_server_under_siege_keeps_its_bounds_and_its_other_clients() throws IOException {
        StringWriter out = new StringWriter();

        Outcome outcome = new Soak(
                        Duration.ofSeconds(3), ATTACKERS, EnumSet.allOf(Attack.class), List.of(), new PrintWriter(out))
                .run(1);

        String told = out.toString();
        assertEquals(List.of(), outcome.flaws(), told);
        for (Attack attack : Attack.values()) {
            assertTrue(told.contains(attack.toString()), told);
        }
        assertTrue(told.contains("p99 under siege"), told);
    }
}
