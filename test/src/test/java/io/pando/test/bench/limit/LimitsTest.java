package io.pando.test.bench.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Load;
import io.pando.test.bench.workload.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    private static final Settings BRIEF = Settings.usual(Duration.ofMillis(10), Duration.ofMillis(100));

    @Test
    void an_echo_server_in_a_process_of_its_own_answers_pipelined_and_single_requests() {
        try (var echo = EchoProcess.start()) {
            for (var load : List.of(Load.PIPELINED, Load.ONE_AT_A_TIME)) {
                // Fails if an answer that is due does not come.
                var figure = onlyFigure(new EchoCase(load, BRIEF).round(echo));

                assertTrue(figure.errors().isEmpty(), load.toString());
            }
        }
    }

    @Test
    void it_hangs_up_on_visitors_after_their_farewell() {
        try (var echo = EchoProcess.start()) {
            var figure = onlyFigure(new VisitCase(2, BRIEF).round(echo));

            assertTrue(figure.latencies().map(Latencies::count).orElse(0L) > 0);
            assertTrue(figure.errors().isEmpty());
        }
    }

    @Test
    void it_tells_everybody_of_a_change() {
        try (var echo = EchoProcess.start()) {
            // Fails if somebody is not told.
            var figure = onlyFigure(new TellCase(BRIEF).round(echo));

            assertTrue(figure.latencies().map(Latencies::count).orElse(0L) > 0);
        }
    }

    @Test
    void every_write_to_the_disk_is_timed_and_the_file_is_gone_afterwards(@TempDir Path folder) throws IOException {
        try (var echo = EchoProcess.start()) {
            for (boolean writtenBefore : List.of(true, false)) {
                var figure = onlyFigure(new SyncCase(64, writtenBefore, folder, BRIEF).round(echo));

                assertTrue(figure.latencies().map(Latencies::count).orElse(0L) > 0);
            }
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void a_lone_round_trip_and_the_shortest_sync_are_always_among_the_limits(@TempDir Path folder) {
        var names = Limits.cases(BRIEF, folder).stream()
                .map(measured -> measured.workload() + " " + measured.load())
                .toList();

        assertTrue(names.contains("echo 1x1"), names.toString());
        assertTrue(names.contains("fdatasync " + Limits.SHORTEST_SYNC), names.toString());
        assertTrue(names.containsAll(List.of("visit 8x1", "tell 1000 watchers")), names.toString());
    }

    private static Figure onlyFigure(List<Figure> figures) {
        assertEquals(1, figures.size());
        return figures.getFirst();
    }
}
