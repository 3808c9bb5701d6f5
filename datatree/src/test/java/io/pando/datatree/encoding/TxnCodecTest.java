package io.pando.datatree.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Owner;
import io.pando.datatree.Password;
import io.pando.datatree.Perms;
import io.pando.datatree.Txn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TxnCodecTest {
    private static final List<Acl> CUSTOM = List.of(
            new Acl(Perms.READ, new Id("ip", "10.0.0.0/8")), new Acl(Perms.ALL, new Id("digest", "jörg:c2VjcmV0")));

    private final TxnCodec codec = new TxnCodec();

    /** If this fails, old logs can't be read any more: give the changed format another version instead. */
    @Test
    void each_kind_of_txn_keeps_the_bytes_that_it_always_had() throws IOException {
        Map<String, String> golden = golden();

        Map<String, String> encoded = new LinkedHashMap<>();
        samples().forEach((name, txn) -> encoded.put(name, HexFormat.of().formatHex(encoded(txn))));

        assertEquals(lines(golden), lines(encoded));
        golden.forEach((name, hex) ->
                assertEquals(samples().get(name), decoded(HexFormat.of().parseHex(hex)), name));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_was_written_is_read_again(@ForAll("txns") Txn txn) {
        assertEquals(txn, decoded(encoded(txn)));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void a_txn_that_is_cut_short_is_malformed(@ForAll("txns") Txn txn) {
        byte[] bytes = encoded(txn);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(MalformedTxnException.class, () -> decoded(cut));
        }
    }

    @Property
    void arbitrary_bytes_are_a_txn_or_malformed_and_nothing_worse(@ForAll byte[] noise, @ForAll("kinds") byte kind) {
        byte[] bytes = new byte[noise.length + 2];
        bytes[0] = 1;
        bytes[1] = kind;
        System.arraycopy(noise, 0, bytes, 2, noise.length);
        try {
            encoded(codec.decode(new Input(bytes)));
        } catch (MalformedTxnException e) {
            assertNotNull(e.getCause());
        }
    }

    @Test
    void a_length_alone_allocates_nothing_large() {
        // SetData of "/" with two gigabytes of data, of which none follow.
        byte[] bytes = HexFormat.of().parseHex("0118022fffffffff07");

        assertThrows(MalformedTxnException.class, () -> decoded(bytes));
    }

    @Test
    void a_class_given_by_its_name_is_refused_before_the_name_is_read() {
        // A multi whose first part is of a class that is named, by two gigabytes of characters.
        byte[] bytes = HexFormat.of().parseHex("011b9f170109dd8fdf133602561818ef90");

        var refusal = assertThrows(MalformedTxnException.class, () -> decoded(bytes));

        assertTrue(String.valueOf(refusal.getMessage()).contains("given by its name"), refusal.getMessage());
    }

    @Test
    void multis_nested_in_bytes_are_refused_at_any_depth() {
        byte[] bytes = new byte[100_000];
        bytes[0] = 1;
        for (int i = 1; i + 1 < bytes.length; i += 2) {
            bytes[i] = 27;
            bytes[i + 1] = 1;
        }

        assertThrows(MalformedTxnException.class, () -> decoded(bytes));
    }

    @Test
    void a_newer_format_is_refused_by_name() {
        byte[] bytes = encoded(new Txn.Delete("/a"));
        bytes[0] = 2;

        var refusal = assertThrows(MalformedTxnException.class, () -> decoded(bytes));

        assertEquals("The txn has format 2, and this server reads 1; is it too old?", refusal.getMessage());
    }

    @Test
    void equal_lists_are_one_list_after_reading() {
        var txn = new Txn.SetAcl("/a", CUSTOM, 1);
        byte[] bytes = encoded(txn);

        var first = (Txn.SetAcl) decoded(bytes);
        var second = (Txn.SetAcl) decoded(bytes);

        assertSame(first.acl(), second.acl());
        assertSame(Acl.OPEN, ((Txn.SetAcl) decoded(encoded(new Txn.SetAcl("/a", Acl.OPEN, 1)))).acl());
    }

    @Test
    void txns_follow_one_another_in_one_buffer() {
        var output = new Output(64, -1);
        samples().values().forEach(txn -> codec.encode(txn, output));

        var input = new Input(output.toBytes());
        List<Txn> read = new ArrayList<>();
        while (!input.end()) {
            read.add(codec.decode(input));
        }

        assertEquals(List.copyOf(samples().values()), read);
    }

    @Test
    void large_data_comes_back_also_from_a_stream() throws IOException {
        byte[] data = new byte[3 << 20];
        data[data.length - 1] = 7;
        byte[] bytes = encoded(new Txn.SetData("/a", data, 1));

        var read = (Txn.SetData) codec.decode(new Input(new ByteArrayInputStream(bytes), 4096));

        assertArrayEquals(data, read.data());
    }

    private byte[] encoded(Txn txn) {
        var output = new Output(64, -1);
        codec.encode(txn, output);
        return output.toBytes();
    }

    private Txn decoded(byte[] bytes) {
        var input = new Input(bytes);
        var txn = codec.decode(input);
        assertEquals(bytes.length, input.position(), "bytes taken");
        return txn;
    }

    private static Map<String, Txn> samples() {
        byte[] data = "data".getBytes(UTF_8);
        Map<String, Txn> samples = new LinkedHashMap<>();
        samples.put("create", new Txn.Create("/app/config", data, Acl.OPEN, Owner.PERSISTENT));
        samples.put("createEphemeral", new Txn.Create("/é/東", null, CUSTOM, 0x1_0000_0000_0002L));
        samples.put("createContainer", new Txn.Create("/c", new byte[0], Acl.READ_ONLY, Owner.CONTAINER));
        samples.put("createTtl", new Txn.Create("/t", data, List.of(), Owner.ttl(60_000)));
        samples.put("delete", new Txn.Delete("/app"));
        samples.put("setData", new Txn.SetData("/app", data, 300));
        samples.put("setDataNull", new Txn.SetData("/app", null, -1));
        samples.put("setAcl", new Txn.SetAcl("/app", CUSTOM, 7));
        samples.put("check", new Txn.Check("/app"));
        samples.put("multi", new Txn.Multi(List.of(new Txn.Check("/a"), new Txn.Delete("/b"))));
        samples.put("multiEmpty", new Txn.Multi(List.of()));
        samples.put("createSession", new Txn.CreateSession(0x1_0000_0000_0002L, 30_000, new Password(1, 2)));
        samples.put("closeSession", new Txn.CloseSession(0x1_0000_0000_0002L));
        samples.put("failed", new Txn.Failed(ErrorCode.NODE_EXISTS));
        samples.put("multiFailed", new Txn.MultiFailed(2, ErrorCode.BAD_VERSION));
        return samples;
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> golden = new LinkedHashMap<>();
        try (InputStream in = TxnCodecTest.class.getResourceAsStream("txns-format-1.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().forEach(line -> {
                String[] nameAndHex = line.split(" ", 2);
                golden.put(nameAndHex[0], nameAndHex[1]);
            });
        }
        return golden;
    }

    private static String lines(Map<String, String> named) {
        var lines = new StringBuilder();
        named.forEach((name, hex) -> lines.append(name).append(' ').append(hex).append('\n'));
        return lines.toString();
    }

    @Provide
    Arbitrary<Txn> txns() {
        Arbitrary<Txn> part = parts();
        Arbitrary<Txn> multi = part.list().ofMaxSize(5).map(Txn.Multi::new);
        Arbitrary<Txn> session = Combinators.combine(
                        Arbitraries.longs().filter(Owner::isEphemeral),
                        Arbitraries.integers(),
                        Arbitraries.longs(),
                        Arbitraries.longs())
                .as((id, timeoutMs, high, low) -> new Txn.CreateSession(id, timeoutMs, new Password(high, low)));
        Arbitrary<ErrorCode> codes = Arbitraries.of(ErrorCode.class);
        return Arbitraries.oneOf(
                part,
                multi,
                session,
                Arbitraries.longs().map(Txn.CloseSession::new),
                codes.map(Txn.Failed::new),
                Combinators.combine(Arbitraries.integers().greaterOrEqual(0), codes)
                        .as(Txn.MultiFailed::new));
    }

    private static Arbitrary<Txn> parts() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<byte @Nullable []> data = bytes().injectNull(0.1);
        Arbitrary<Acl> entry = Combinators.combine(Arbitraries.integers(), text, text)
                .as((perms, scheme, id) -> new Acl(perms, new Id(scheme, id)));
        Arbitrary<List<Acl>> acl = Arbitraries.oneOf(
                Arbitraries.just(Acl.OPEN),
                Arbitraries.just(Acl.READ_ONLY),
                entry.list().ofMaxSize(3));
        Arbitrary<Long> owner = Arbitraries.oneOf(
                Arbitraries.of(Owner.PERSISTENT, Owner.CONTAINER, Owner.ttl(1), Owner.ttl(Owner.MAX_TTL_MS)),
                Arbitraries.longs().filter(Owner::isValid));
        return Arbitraries.oneOf(
                Combinators.combine(text, data, acl, owner).as(Txn.Create::new),
                text.map(Txn.Delete::new),
                Combinators.combine(text, data, Arbitraries.integers()).as(Txn.SetData::new),
                Combinators.combine(text, acl, Arbitraries.integers()).as(Txn.SetAcl::new),
                text.map(Txn.Check::new));
    }

    private static Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    }

    @Provide
    Arbitrary<Byte> kinds() {
        return Arbitraries.bytes().between((byte) 20, (byte) 33);
    }
}
