package io.pando.server.request;

import static io.pando.server.request.Deciding.CLIENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.datatree.Acl;
import io.pando.datatree.Applied;
import io.pando.datatree.Change;
import io.pando.datatree.Id;
import io.pando.datatree.Tree;
import io.pando.server.core.Envelope;
import io.pando.session.OpCode;
import io.pando.session.WriteRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever clients ask for, in whatever order: the log never holds what does not apply. */
class PreparationPropertiesTest {
    private static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/a/b",
            "/a/b/c",
            "/q",
            "/q/",
            "/e",
            "/e/x",
            "/zookeeper",
            "/zookeeper/quota/q",
            "/zookeeper/quota/q/zookeeper_limits",
            "",
            "a",
            "/a/",
            "//",
            "/a/..",
            "/a/\ud800",
            "/a/\0");

    private final Envelope.Codec codec = new Envelope.Codec();

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void what_is_let_through_applies_from_the_log_with_the_same_outcome(@ForAll("requests") List<WriteRequest> requests)
            throws Exception {
        var preparation = Deciding.preparation(true, true);
        Tree decided = new ATree().session(CLIENT.sessionId()).build();
        Tree replayed = decided;

        for (WriteRequest request : requests) {
            long zxid = decided.zxid() + 1;
            Prepared prepared = preparation.prepare(decided, zxid, zxid, CLIENT, request);
            answer(request, prepared);

            var written = new Envelope(7, 1, CLIENT.sessionId(), 1, zxid, prepared.txn());
            Envelope read = codec.decode(codec.encode(written));
            Applied again = replayed.apply(zxid, read.timeMs(), read.txn());

            assertEquals(written, read);
            assertEquals(described(prepared.applied()), described(again), request.toString());
            assertEquals(prepared.applied().tree().digest(), again.tree().digest(), request.toString());
            assertEquals(zxid, prepared.applied().tree().zxid());
            decided = prepared.applied().tree();
            replayed = again.tree();
        }
    }

    /** There is an answer to everything, be it a refusal. */
    private static void answer(WriteRequest request, Prepared prepared) {
        try {
            WriteReplies.of(request, prepared.txn(), prepared.applied());
        } catch (Refusal refusal) {
            assertEquals(refusal.code(), Deciding.codeOf(prepared));
        }
    }

    private static List<String> described(Applied applied) {
        return applied.changes().stream()
                .map(PreparationPropertiesTest::described)
                .toList();
    }

    private static String described(Change change) {
        var parent = change.parent();
        return change.kind() + " " + change.path() + " " + change.node().stat() + " "
                + Arrays.toString(change.node().data()) + " " + change.node().acl() + " "
                + (parent == null ? "" : parent.stat());
    }

    @Provide
    Arbitrary<List<WriteRequest>> requests() {
        Arbitrary<WriteRequest> single = Arbitraries.oneOf(parts(), setAcls());
        Arbitrary<WriteRequest> multi = parts().list().ofMaxSize(5).map(WriteRequest.Multi::new);
        return Arbitraries.frequencyOf(Tuple.of(4, single), Tuple.of(1, multi))
                .list()
                .ofMaxSize(40);
    }

    private static Arbitrary<WriteRequest.Part> parts() {
        Arbitrary<Integer> versions = Arbitraries.of(-1, -1, -1, 0, 1, 2, -2);
        return Arbitraries.frequencyOf(
                Tuple.of(5, creates()),
                Tuple.of(2, Combinators.combine(paths(), versions).as(WriteRequest.Delete::new)),
                Tuple.of(2, Combinators.combine(paths(), data(), versions).as(WriteRequest.SetData::new)),
                Tuple.of(1, Combinators.combine(paths(), versions).as(WriteRequest.Check::new)));
    }

    private static Arbitrary<WriteRequest.Part> creates() {
        Arbitrary<OpCode> ops =
                Arbitraries.of(OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL);
        Arbitrary<Integer> flags = Arbitraries.integers().between(-1, 7);
        Arbitrary<Long> ttls = Arbitraries.of(-1L, -1L, 0L, 1L, (1L << 40) - 1, 1L << 40, Long.MIN_VALUE);
        return Combinators.combine(ops, paths(), data(), acls(), flags, ttls).as(WriteRequest.Create::new);
    }

    private static Arbitrary<WriteRequest> setAcls() {
        return Combinators.combine(paths(), acls(), Arbitraries.of(-1, -1, 0, 1, 2))
                .as(WriteRequest.SetAcl::new);
    }

    private static Arbitrary<String> paths() {
        return Arbitraries.of(PATHS);
    }

    private static Arbitrary<byte @Nullable []> data() {
        return Arbitraries.of("", "x", "count=2,bytes=5=;countHardLimit=3;byteHardLimit=4")
                .map(text -> text.getBytes(UTF_8))
                .injectNull(0.2);
    }

    private static Arbitrary<@Nullable List<@Nullable Acl>> acls() {
        return Arbitraries.frequency(
                        Tuple.of(12, "open"),
                        Tuple.of(2, "read"),
                        Tuple.of(1, "odd"),
                        Tuple.of(1, "none"),
                        Tuple.of(1, "auth"),
                        Tuple.of(1, "null"),
                        Tuple.of(1, "null entry"))
                .map(PreparationPropertiesTest::acl);
    }

    private static @Nullable List<@Nullable Acl> acl(String kind) {
        return switch (kind) {
            case "open" -> List.copyOf(Acl.OPEN);
            case "read" -> List.copyOf(Acl.READ_ONLY);
            case "odd" -> List.of(new Acl(-1, new Id("digest", "\u00fc\ud800:\n")), new Acl(0, new Id("ip", "::/0")));
            case "none" -> List.of();
            case "auth" -> List.of(new Acl(31, new Id("auth", "")));
            case "null" -> null;
            default -> Collections.singletonList(null);
        };
    }
}
