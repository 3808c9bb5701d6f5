package io.pando.session.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StringsTest {
    @ParameterizedTest
    @CsvSource({
        "2f61, /a",
        "2fc3a4, /ä",
        "e29c93, ✓",
        "f09f8cb3, \uD83C\uDF33",
        "eda0bcedbcb3, \uD83C\uDF33",
        "2feda0bcedbcb361eda0bcedbcb3c3a4, /\uD83C\uDF33a\uD83C\uDF33ä",
        "efbfbd, \uFFFD",
        "efbfbdeda0bcedbcb3, \uFFFD\uD83C\uDF33",
        "eda080edb080, \uD800\uDC00",
        "edafbfedbfbf, \uDBFF\uDFFF",
    })
    void utf_8_is_read_and_so_are_pairs_of_surrogates(String hex, String text) throws MarshallingException {
        assertEquals(text, read(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "eda0bc", "edbcb3eda0bc", "eda0bcedbc", "eda0bc2f2f2f", "f09f8c", "2f80"})
    void what_is_no_text_is_read_as_java_reads_it(String hex) throws MarshallingException {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertEquals(new String(bytes, StandardCharsets.UTF_8), read(bytes));
    }

    @Property
    void any_text_with_surrogates_written_one_by_one_is_read_as_the_text(@ForAll String text)
            throws MarshallingException {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertEquals(whole, read(utf16UnitByUnit(whole)));
    }

    private static String read(byte[] bytes) throws MarshallingException {
        String fromHeap = read(Unpooled.buffer(), bytes);
        assertEquals(fromHeap, read(Unpooled.directBuffer(), bytes));
        return fromHeap;
    }

    private static String read(ByteBuf buffer, byte[] bytes) throws MarshallingException {
        try {
            buffer.writeInt(bytes.length).writeBytes(bytes).writeByte('x');
            return new WireReader(buffer).readString();
        } finally {
            buffer.release();
        }
    }

    /** As ZooKeeper's Java client writes: up to three bytes for each UTF-16 unit. */
    private static byte[] utf16UnitByUnit(String text) {
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                out.writeByte(unit);
            } else if (unit < 0x800) {
                out.writeByte(0xc0 | (unit >> 6)).writeByte(0x80 | (unit & 0x3f));
            } else {
                out.writeByte(0xe0 | (unit >> 12))
                        .writeByte(0x80 | ((unit >> 6) & 0x3f))
                        .writeByte(0x80 | (unit & 0x3f));
            }
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}
