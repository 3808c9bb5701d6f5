package io.pando.recipes.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KindsTest {
    private static final String READ_1 = "_c_x-__READ__0000000001";
    private static final String WRITE_2 = "_c_x-__WRIT__0000000002";
    private static final String WRITE_3 = "_c_x-__WRIT__0000000003";
    private static final String READ_4 = "_c_x-__READ__0000000004";
    private static final String READ_5 = "_c_x-__READ__0000000005";

    @Test
    void readers_in_front_are_no_hindrance() {
        assertEquals(Optional.empty(), Kinds.BEHIND_WRITERS.waitsFor(List.of(READ_1, READ_4, READ_5), READ_5));
    }

    @Test
    void a_reader_waits_for_the_last_writer_in_front_and_for_none_behind() {
        List<String> line = List.of(READ_1, WRITE_2, WRITE_3, READ_4, READ_5);

        assertEquals(Optional.of(WRITE_3), Kinds.BEHIND_WRITERS.waitsFor(line, READ_5));
        assertEquals(Optional.empty(), Kinds.BEHIND_WRITERS.waitsFor(line, READ_1));
    }
}
