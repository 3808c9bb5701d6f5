package io.pando.test.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Frames are those that ZooKeeper's own client was seen to send, but for what is patched into them. */
class FrameTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void a_handshake_asks_for_a_new_session() {
        var frame = FrameWriter.connect(4_000);

        assertEquals(
                "0000002d" + "00000000" + "0000000000000000" + "00000fa0" + "0000000000000000" + "00000010"
                        + "00".repeat(16) + "00",
                HEX.formatHex(frame));
    }

    @Test
    void a_read_is_a_header_with_its_xid_then_path_and_watch_flag() {
        assertEquals("0000000f" + "00000003" + "00000004" + "00000002" + "2f76" + "00", hex(Frames.get("/v"), 3));
        assertEquals("0000000f" + "00000001" + "00000003" + "00000002" + "2f76" + "00", hex(Frames.exists("/v"), 1));
    }

    @Test
    void a_create_carries_data_and_the_open_acl() {
        var frame = hex(Frames.create("/v", 2, Frames.EPHEMERAL), 2);

        assertEquals(
                "00000033" + "00000002" + "00000001" + "00000002" + "2f76" + "00000002" + "7878" + "00000001"
                        + "0000001f" + "00000005" + "776f726c64" + "00000006" + "616e796f6e65" + "00000001",
                frame);
    }

    @Test
    void a_close_has_no_body() {
        assertEquals("00000008" + "00000008" + "fffffff5", hex(Frames.closeSession(), 8));
    }

    @Test
    void the_same_frame_takes_one_key_after_the_other() {
        var frame = Frames.delete("/bench/k####");

        assertEquals("/bench/k0042", path(frame, 42));
        assertEquals("/bench/k9999", path(frame, 9_999));
        assertEquals("/bench/k0007", path(frame, 7));
    }

    @Test
    void digits_go_around_what_stands_between_them() {
        var frame = Frames.delete("/folder-##/znode-###");

        assertEquals("/folder-12/znode-345", path(frame, 12_345));
        assertEquals("/folder-00/znode-006", path(frame, 6));
    }

    @Test
    void a_key_with_too_many_digits_is_refused() {
        var frame = Frames.delete("/bench/k####");

        assertThrows(IllegalArgumentException.class, () -> path(frame, 10_000));
    }

    @Test
    void the_operations_of_a_multi_get_consecutive_keys() {
        var bytes = bytes(Frames.multiOfSets("/k###", 0, 3), 1, 99);

        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var keys = text.replaceAll("[^k0-9]", "");
        assertEquals("k099k100k101", keys);
    }

    private static String path(Frame frame, int key) {
        var in = ByteBuffer.wrap(bytes(frame, 1, key));
        var path = new byte[in.getInt(12)];
        in.get(16, path);
        return new String(path, StandardCharsets.US_ASCII);
    }

    private static String hex(Frame frame, int xid) {
        var out = ByteBuffer.allocate(frame.lengthBytes());
        frame.putTo(out, xid);
        return HEX.formatHex(out.array());
    }

    private static byte[] bytes(Frame frame, int xid, int key) {
        var out = ByteBuffer.allocate(frame.lengthBytes());
        frame.putTo(out, xid, key);
        return out.array();
    }
}
