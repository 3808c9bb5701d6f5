package io.pando.test.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.load.LoadException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
    @Test
    void findings_reach_the_bench_as_the_worker_had_them() {
        var latencies = new Latencies(3, 1.5, 1.25, 2, 1e9, 0.1, 7);
        var said = Findings.of(Map.of(Findings.PER_SECOND, 123_456_789.5), latencies);

        var heard = Findings.ofLines(said.inLines());

        assertEquals(123_456_789.5, heard.get(Findings.PER_SECOND));
        assertEquals(latencies, heard.latencies());
    }

    @Test
    void what_a_worker_does_not_say_is_missed() {
        var silent = Findings.ofLines("");

        assertThrows(LoadException.class, () -> silent.get(Findings.PER_SECOND));
    }

    @Test
    void other_output_of_a_worker_is_shown_and_not_taken_for_findings() {
        assertThrows(LoadException.class, () -> Findings.ofLines("Exception: no route to host"));
    }

    @Test
    void what_calls_a_worker_is_to_make_reaches_it() {
        var calls = new Calls(Calls.Operation.SET, 256, "/bench/client", 10, 100, 2_000, 3_000);

        assertEquals(calls, Calls.of(List.copyOf(calls.arguments())));
    }
}
