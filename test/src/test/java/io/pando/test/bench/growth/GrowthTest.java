package io.pando.test.bench.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.bench.workload.Dimension;
import io.pando.test.bench.workload.GrowthCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {
    private static final Point HEAP = new Point(Dimension.ZNODES, 1_000, GrowthCase.HEAP, 3 * 1024 * 1024, 0, false);
    private static final Point SET = new Point(Dimension.ZNODES, 1_000, GrowthCase.SET_ALONE, 240.5, 420.25, true);
    private static final Point TOLD = new Point(Dimension.WATCHES, 100, GrowthCase.ALL_TOLD, 1.5, 2_500, true);

    @Test
    void a_file_gives_back_what_was_written(@TempDir Path folder) throws IOException {
        var file = folder.resolve("figures");
        var growth = new Growth(List.of(HEAP, SET, TOLD));

        growth.writeTo(file);

        assertEquals(growth, Growth.readFrom(file));
        assertEquals(new Growth(List.of()), Growth.readFrom(folder.resolve("none")));
    }

    @Test
    void what_is_measured_anew_replaces_all_of_that_dimension_and_nothing_else() {
        var newer = new Point(Dimension.ZNODES, 10_000, GrowthCase.GET, 1e6, 0, true);

        var updated = new Growth(List.of(HEAP, SET, TOLD)).updatedBy(new Growth(List.of(newer)));

        assertEquals(List.of(TOLD, newer), updated.points());
    }

    @Test
    void the_table_has_a_line_for_each_step_and_marks_the_noisy_ones() {
        var table = GrowthTable.of(new Growth(List.of(HEAP, SET)));

        assertTrue(table.contains("| znodes: 1,000 (noisy) | – | – | – | 241 / 420 us | – | 3.00 MiB |"), table);
        assertEquals(3, table.lines().count());
    }

    @Test
    void the_picture_has_a_row_for_each_dimension_that_was_measured() {
        var picture = GrowthPicture.of(new Growth(List.of(HEAP, SET, TOLD)));

        assertTrue(picture.contains(Dimension.ZNODES.title()) && picture.contains(Dimension.WATCHES.title()));
        assertFalse(picture.contains(Dimension.VALUES.title()));
    }
}
