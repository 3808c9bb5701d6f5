package io.pando.zab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
    private final RecordBatch batch = new RecordBatch();

    @Property(tries = 200)
    void records_come_back_as_they_were_appended(@ForAll List<@Size(max = 5000) byte[]> payloads) {
        batch.reset(Zxid.of(2, 5));
        List<String> appended = new ArrayList<>();
        for (byte[] payload : payloads) {
            long zxid = batch.lastZxid() + 1;
            batch.append(zxid, RecordType.TXN, ByteBuffer.wrap(payload));
            appended.add(zxid + Arrays.toString(payload));
        }
        ByteBuffer encoded = batch.encoded();

        List<String> visited = new ArrayList<>();
        batch.forEach((zxid, type, payload) -> {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            visited.add(zxid + Arrays.toString(bytes));
        });
        assertEquals(appended, visited);
        assertEquals(batch.lengthBytes(), encoded.remaining());
        assertEquals(0, encoded.remaining() % RecordBatch.ALIGNMENT_BYTES);
        assertEquals(payloads.isEmpty() ? Zxid.of(2, 5) : Zxid.of(2, 6), batch.firstZxid());
    }

    @Test
    void a_payload_keeps_its_position() {
        batch.reset(Zxid.of(1, 0));
        ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);

        batch.append(Zxid.of(1, 1), RecordType.TXN, payload);

        assertEquals(1, payload.position());
        batch.forEach((zxid, type, bytes) -> assertEquals(ByteBuffer.wrap(new byte[] {2, 3}), bytes));
    }

    @Test
    void a_gap_is_refused() {
        batch.reset(Zxid.of(1, 4));

        assertThrows(
                IllegalStateException.class, () -> batch.append(Zxid.of(1, 6), RecordType.TXN, ByteBuffer.allocate(0)));
    }
}
