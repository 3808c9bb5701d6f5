package io.pando.zab.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private final Records.Builder builder = new Records.Builder(5);

    @Test
    void what_is_built_stays_as_it_is_while_the_builder_goes_on() {
        append(6, "one");
        append(7, "two");
        Records first = builder.build();
        append(8, "three");
        Records second = builder.build();

        assertEquals(List.of("6 one", "7 two"), contentOf(first));
        assertEquals(List.of("8 three"), contentOf(second));
        assertEquals(5, first.prevZxid());
        assertEquals(7, second.prevZxid());
    }

    @Test
    void a_builder_forgets_what_it_is_told_to_begin_without() {
        append(6, "lost");
        builder.append(7, RecordType.MARKER, ByteBuffer.allocate(0));
        builder.reset(20);
        append(21, "new");
        Records built = builder.build();

        assertEquals(List.of("21 new"), contentOf(built));
        assertEquals(20, built.prevZxid());
        assertTrue(built.isAllTxns());
    }

    @Test
    void a_record_of_several_megabytes_is_followed_by_others() {
        String large = "x".repeat(5_000_000);
        append(6, "small");
        append(7, large);
        Records first = builder.build();
        append(8, "small again");

        assertEquals(List.of("6 small", "7 " + large), contentOf(first));
        assertEquals(List.of("8 small again"), contentOf(builder.build()));
    }

    @Test
    void another_order_is_refused() {
        append(6, "one");

        assertThrows(IllegalStateException.class, () -> append(6, "again"));
        assertThrows(IllegalStateException.class, () -> Records.of(6, 6, RecordType.TXN, ByteBuffer.allocate(1)));
    }

    private void append(long zxid, String payload) {
        builder.append(zxid, RecordType.TXN, ByteBuffer.wrap(payload.getBytes(US_ASCII)));
    }

    private static List<String> contentOf(Records records) {
        List<String> content = new ArrayList<>();
        records.forEach((zxid, type, payload) -> content.add(zxid + " " + US_ASCII.decode(payload)));
        return content;
    }
}
