package io.pando.zab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochTableTest {
    @Test
    void an_epoch_enters_the_table_when_the_next_one_begins() {
        EpochTable table = EpochTable.EMPTY.following(Zxid.NONE, Zxid.of(1, 0));
        assertSame(EpochTable.EMPTY, table.following(Zxid.of(1, 0), Zxid.of(1, 1)));

        table = table.following(Zxid.of(1, 9), Zxid.of(4, 0));

        assertEquals(List.of(Zxid.of(1, 9)), table.lastZxids());
    }

    @Test
    void the_newest_128_epochs_are_kept_and_fit_the_bytes_set_aside() {
        EpochTable table = EpochTable.EMPTY;
        for (int epoch = 1; epoch <= 200; epoch++) {
            table = table.following(Zxid.of(epoch, 3), Zxid.of(epoch + 1, 0));
        }
        ByteBuffer bytes = ByteBuffer.allocate(EpochTable.MAX_ENCODED_BYTES);
        table.encode(bytes);

        assertEquals(128, table.lastZxids().size());
        assertEquals(Zxid.of(200, 3), table.lastZxids().getLast());
        assertEquals(table, EpochTable.decode(bytes.flip()));
    }

    @Test
    void epochs_out_of_order_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new EpochTable(List.of(Zxid.of(2, 1), Zxid.of(1, 1))));
    }
}
