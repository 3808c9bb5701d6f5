package io.pando.session;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Stat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.NullUnmarked;

/** Requests and replies of every kind, for properties. */
@NullUnmarked // The types of jqwik's generators do not tell what injectNull does.
final class Messages {
    private Messages() {}

    static Arbitrary<Request> requests() {
        return Arbitraries.oneOf(List.of(writes(), reads(), watches(), ofSession()));
    }

    private static Arbitrary<Request> writes() {
        Arbitrary<WriteRequest.Part> parts = Arbitraries.oneOf(creates(0, 4), otherParts());
        return Arbitraries.oneOf(
                creates(-100, 100).map(part -> part),
                otherParts().filter(part -> part.op() != OpCode.CHECK).map(part -> part),
                parts.list().ofMaxSize(5).map(WriteRequest.Multi::new),
                Combinators.combine(texts(), acls().injectNull(0.1), Arbitraries.integers())
                        .as(WriteRequest.SetAcl::new),
                Combinators.combine(
                                texts().injectNull(0.2),
                                texts().injectNull(0.2),
                                texts().injectNull(0.2),
                                Arbitraries.longs())
                        .as(WriteRequest.Reconfig::new),
                Arbitraries.create(WriteRequest.CloseSession::new));
    }

    private static Arbitrary<WriteRequest.Part> creates(int lowestFlags, int highestFlags) {
        Arbitrary<Integer> flags = Arbitraries.integers().between(lowestFlags, highestFlags);
        return Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of(OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER),
                                texts(),
                                buffers(),
                                acls().injectNull(0.1),
                                flags)
                        .as(WriteRequest.Create::of),
                Combinators.combine(
                                texts(), buffers(), acls().injectNull(0.1), Arbitraries.integers(), Arbitraries.longs())
                        .as((path, data, acl, anyFlags, ttl) ->
                                new WriteRequest.Create(OpCode.CREATE_TTL, path, data, acl, anyFlags, ttl)));
    }

    private static Arbitrary<WriteRequest.Part> otherParts() {
        return Arbitraries.oneOf(
                Combinators.combine(texts(), Arbitraries.integers()).as(WriteRequest.Delete::new),
                Combinators.combine(texts(), buffers(), Arbitraries.integers()).as(WriteRequest.SetData::new),
                Combinators.combine(texts(), Arbitraries.integers()).as(WriteRequest.Check::new));
    }

    private static Arbitrary<Request> reads() {
        Arbitrary<ReadRequest.Part> parts = Arbitraries.oneOf(
                texts().map(path -> new ReadRequest.GetData(path, false)),
                texts().map(path -> new ReadRequest.GetChildren(path, false)));
        Arbitrary<Boolean> watch = Arbitraries.of(true, false);
        return Arbitraries.oneOf(
                Combinators.combine(texts(), watch).as(ReadRequest.Exists::new),
                Combinators.combine(texts(), watch).as(ReadRequest.GetData::new),
                Combinators.combine(texts(), watch).as(ReadRequest.GetChildren::new),
                Combinators.combine(texts(), watch).as(ReadRequest.GetChildren2::new),
                texts().map(ReadRequest.GetAcl::new),
                texts().map(ReadRequest.GetEphemerals::new),
                texts().map(ReadRequest.GetAllChildrenNumber::new),
                parts.list().ofMaxSize(5).map(ReadRequest.MultiRead::new));
    }

    private static Arbitrary<Request> watches() {
        Arbitrary<List<String>> paths = texts().list().ofMaxSize(4);
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.longs(), paths, paths, paths, paths, paths)
                        .as(WatchRequest.SetWatches::new),
                Combinators.combine(Arbitraries.longs(), paths, paths, paths)
                        .as((zxid, data, exist, child) ->
                                new WatchRequest.SetWatches(zxid, data, exist, child, List.of(), List.of())),
                Combinators.combine(texts(), Arbitraries.of(AddWatchMode.class)).as(WatchRequest.AddWatch::new),
                Combinators.combine(texts(), Arbitraries.of(WatcherType.class)).as(WatchRequest.RemoveWatches::new),
                Combinators.combine(texts(), Arbitraries.of(WatcherType.class)).as(WatchRequest.CheckWatches::new));
    }

    private static Arbitrary<Request> ofSession() {
        return Arbitraries.oneOf(
                Arbitraries.create(SessionRequest.Ping::new),
                Arbitraries.create(SessionRequest.WhoAmI::new),
                texts().map(SessionRequest.Sync::new),
                buffers().map(SessionRequest.Sasl::new),
                Combinators.combine(Arbitraries.integers(), texts(), buffers()).as(SessionRequest.Auth::new));
    }

    /** Replies, each with a request that it answers. */
    static Arbitrary<Answer> answers() {
        Arbitrary<List<String>> names = texts().list().ofMaxSize(5);
        return Arbitraries.oneOf(List.of(
                answersToParts(),
                Combinators.combine(acls(), stats())
                        .as((acl, stat) -> new Answer(OpCode.GET_ACL, new Reply.AclAndStat(acl, stat))),
                Combinators.combine(names, stats())
                        .as((list, stat) -> new Answer(OpCode.GET_CHILDREN2, new Reply.NamesAndStat(list, stat))),
                names.map(list -> new Answer(OpCode.GET_EPHEMERALS, new Reply.Names(list))),
                texts().map(path -> new Answer(OpCode.SYNC, new Reply.Path(path))),
                stats().map(stat -> new Answer(OpCode.SET_ACL, new Reply.OnlyStat(stat))),
                stats().map(stat -> new Answer(OpCode.EXISTS, new Reply.OnlyStat(stat))),
                Arbitraries.integers().map(n -> new Answer(OpCode.GET_ALL_CHILDREN_NUMBER, new Reply.Count(n))),
                Arbitraries.integers().map(n -> new Answer(OpCode.ADD_WATCH, new Reply.Code(n))),
                buffers().map(token -> new Answer(OpCode.SASL, new Reply.Token(token))),
                Combinators.combine(texts(), texts())
                        .as(ClientInfo::new)
                        .list()
                        .ofMaxSize(3)
                        .map(identities -> new Answer(OpCode.WHO_AM_I, new Reply.Identities(identities))),
                answersToParts()
                        .map(answer -> MultiResult.of(answer.op(), answer.reply()))
                        .list()
                        .ofMaxSize(4)
                        .map(results -> new Answer(OpCode.MULTI, new Reply.Results(results))),
                Arbitraries.integers()
                        .map(MultiResult::failed)
                        .list()
                        .ofMaxSize(4)
                        .map(results -> new Answer(OpCode.MULTI_READ, new Reply.Results(results)))));
    }

    private static Arbitrary<Answer> answersToParts() {
        return Arbitraries.oneOf(
                texts().map(path -> new Answer(OpCode.CREATE, new Reply.Path(path))),
                Combinators.combine(
                                Arbitraries.of(OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL),
                                texts(),
                                stats())
                        .as((op, path, stat) -> new Answer(op, new Reply.PathAndStat(path, stat))),
                Arbitraries.of(OpCode.DELETE, OpCode.CHECK).map(op -> new Answer(op, new Reply.Nothing())),
                stats().map(stat -> new Answer(OpCode.SET_DATA, new Reply.OnlyStat(stat))),
                Combinators.combine(buffers(), stats())
                        .as((data, stat) -> new Answer(OpCode.GET_DATA, new Reply.DataAndStat(data, stat))),
                texts().list().ofMaxSize(5).map(names -> new Answer(OpCode.GET_CHILDREN, new Reply.Names(names))));
    }

    private static Arbitrary<Stat> stats() {
        Arbitrary<Long> longs = Arbitraries.longs();
        Arbitrary<Integer> ints = Arbitraries.integers();
        return Combinators.combine(longs, longs, longs, ints, ints, ints, longs)
                .as((czxid, mzxid, time, version, length, children, owner) -> new Stat(
                        czxid, mzxid, time, ~time, version, ~version, -version, owner, length, children, ~mzxid));
    }

    private static Arbitrary<List<Acl>> acls() {
        return Combinators.combine(Arbitraries.integers(), texts(), texts())
                .as((perms, scheme, id) -> new Acl(perms, new Id(scheme, id)))
                .list()
                .ofMaxSize(3);
    }

    /** Any text that can be written in UTF-8: characters beyond U+FFFF are among them, halves of such are not. */
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "/", "/zookeeper/quota", "/a/ä", "/\u0000", "\uD83C\uDF33", "\uFFFD"),
                Arbitraries.strings()
                        .ofMaxLength(12)
                        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c))));
    }

    private static Arbitrary<byte[]> buffers() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20).injectNull(0.1);
    }

    record Answer(OpCode op, Reply reply) {}
}
