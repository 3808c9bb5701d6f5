package io.pando.test.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void every_name_stands_for_cases() {
        for (var name : Catalogue.names()) {
            assertFalse(catalogue(List.of()).cases(List.of(name)).isEmpty(), name);
        }
    }

    @Test
    void fill_and_restart_together_fill_once() {
        var cases = catalogue(List.of()).cases(List.of("fill", "restart"));

        assertEquals(List.of("restart"), cases.stream().map(Case::workload).toList());
    }

    @Test
    void loads_that_are_given_replace_those_of_the_workload() {
        var cases = catalogue(List.of(new Load(2, 3))).cases(List.of("get", "multi"));

        assertEquals(List.of("2x3", "2x3"), cases.stream().map(Case::load).toList());
    }

    @Test
    void an_unknown_name_is_refused() {
        var catalogue = catalogue(List.of());

        assertThrows(IllegalArgumentException.class, () -> catalogue.cases(List.of("gett")));
    }

    @Test
    void client_libraries_are_not_compared_beside_servers() {
        assertTrue(Catalogue.comparesClients(List.of("client")));
        assertFalse(Catalogue.comparesClients(Catalogue.names()));
        assertThrows(IllegalArgumentException.class, () -> Catalogue.comparesClients(List.of("get", "client")));
    }

    @Test
    void all_steps_of_what_grows_are_one_thing_larger_than_usual() {
        for (var dimension : Dimension.values()) {
            for (int step : dimension.steps()) {
                var extent = dimension.extentAt(step);

                assertEquals(
                        extent.watches(), extent.watchedZnodes() * extent.watchingSessions(), dimension + " " + step);
                assertEquals(
                        dimension,
                        Dimension.of(dimension
                                .at(step, Settings.usual(Duration.ZERO, Duration.ZERO))
                                .workload()));
            }
        }
    }

    @Test
    void a_server_that_takes_snapshots_all_the_time_is_fresh_and_told_so() {
        var snapshots = catalogue(List.of()).cases(List.of("snapshots")).getFirst();

        assertTrue(snapshots.wantsFreshServer());
        assertEquals(
                Set.of("snapCount", "snapGrowthPercent"),
                snapshots.serverSettings().keySet());
    }

    private static Catalogue catalogue(List<Load> loads) {
        return new Catalogue(new Settings(loads, 0, Duration.ZERO, Duration.ofSeconds(1), 100, 100, 10, 10, 10));
    }
}
