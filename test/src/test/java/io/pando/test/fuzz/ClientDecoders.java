package io.pando.test.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Stat;
import io.pando.session.AddWatchMode;
import io.pando.session.ClientInfo;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.EventType;
import io.pando.session.MultiResult;
import io.pando.session.OpCode;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.ReplyHeader;
import io.pando.session.Request;
import io.pando.session.RequestHeader;
import io.pando.session.SessionRequest;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.session.WatcherType;
import io.pando.session.WriteRequest;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import io.pando.test.fuzz.Decoder.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What client and server read of one another: frames without the length in front of them. */
final class ClientDecoders {
    /** A znode's path of four bytes is a string of forty, in a record, in a list. */
    private static final Memory MEMORY = new Memory(24);

    private static final Set<Class<? extends Exception>> REFUSALS = Set.of(MarshallingException.class);
    private static final byte[] DATA = {1, 2, 3};
    private static final byte[] PASSWORD = new byte[16];
    private static final List<Acl> ACL = List.of(new Acl(31, new Id("digest", "a:b")), new Acl(1, new Id("auth", "")));
    private static final Stat STAT = new Stat(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    private ClientDecoders() {}

    static List<Decoder> all() {
        return List.of(request(), reply(), event(), handshake(), handshakeAnswer());
    }

    private record Asked(RequestHeader header, Request request) {}

    /** A request with its header, as the server takes it. */
    private static Decoder request() {
        List<byte[]> seeds = new ArrayList<>();
        for (Request one : requests()) {
            seeds.add(written(out -> {
                new RequestHeader(7, one.op().number()).write(out);
                one.write(out);
            }));
        }
        return Decoder.of("client-request", seeds, ClientDecoders::readRequest, MEMORY, REFUSALS)
                .writtenBy(value -> written(out -> {
                    Asked asked = (Asked) value;
                    // Of a SetWatches its contents say which of two types it is.
                    new RequestHeader(asked.header.xid(), asked.request.op().number()).write(out);
                    asked.request.write(out);
                }));
    }

    private static Asked readRequest(byte[] input) throws MarshallingException {
        WireReader in = reader(input);
        RequestHeader header = RequestHeader.read(in);
        OpCode op = OpCode.of(header.type());
        if (op == null || !op.mayComeFromConnection()) {
            throw new MarshallingException("No request of a client");
        }
        Request request = Request.read(op, in);
        return new Asked(new RequestHeader(header.xid(), request.op().number()), request);
    }

    private record Answered(OpCode op, ReplyHeader header, Reply reply) {}

    /** A reply as a client takes it, behind one byte: the type of what it asked, which it knows. */
    private static Decoder reply() {
        List<byte[]> seeds = new ArrayList<>();
        for (Answered one : replies()) {
            seeds.add(writeReply(one));
        }
        return Decoder.of("client-reply", seeds, ClientDecoders::readReply, MEMORY, REFUSALS)
                .writtenBy(value -> writeReply((Answered) value));
    }

    private static byte[] writeReply(Answered one) {
        return written(
                out -> {
                    out.writeBoolean(false);
                    one.header.write(out);
                    one.reply.write(out);
                },
                (byte) one.op.number());
    }

    private static Answered readReply(byte[] input) throws MarshallingException {
        WireReader in = reader(input);
        if (in.remaining() == 0) {
            throw new MarshallingException("Nothing");
        }
        OpCode op = OpCode.of(input[0]);
        if (op == null) {
            throw new MarshallingException("No type of a request");
        }
        in.readBoolean();
        return new Answered(op, ReplyHeader.read(in), Reply.read(op, in));
    }

    private record Told(ReplyHeader header, WatchEvent event) {}

    private static Decoder event() {
        byte[] seed = written(out -> {
            new ReplyHeader(-1, 5, 0).write(out);
            WatchEvent.of(EventType.NODE_CREATED, "/a").write(out);
        });
        return Decoder.of(
                        "client-event",
                        List.of(seed),
                        input -> {
                            WireReader in = reader(input);
                            return new Told(ReplyHeader.read(in), WatchEvent.read(in));
                        },
                        MEMORY,
                        REFUSALS)
                .writtenBy(value -> written(out -> {
                    ((Told) value).header.write(out);
                    ((Told) value).event.write(out);
                }));
    }

    private static Decoder handshake() {
        return Decoder.of(
                        "client-handshake",
                        List.of(
                                withoutLength(
                                        out -> new ConnectRequest(0, 1, 4000, 0, PASSWORD, true, true).writeFrame(out)),
                                withoutLength(
                                        out -> new ConnectRequest(0, 1, 4000, 9, null, false, false).writeFrame(out))),
                        input -> ConnectRequest.read(reader(input)),
                        MEMORY,
                        REFUSALS)
                .writtenBy(value -> withoutLength(((ConnectRequest) value)::writeFrame));
    }

    private static Decoder handshakeAnswer() {
        return Decoder.of(
                        "client-handshake-answer",
                        List.of(
                                withoutLength(
                                        out -> new ConnectResponse(0, 4000, 9, PASSWORD, true, true).writeFrame(out)),
                                withoutLength(out -> new ConnectResponse(0, 0, 0, null, false, false).writeFrame(out))),
                        input -> ConnectResponse.read(reader(input)),
                        MEMORY,
                        REFUSALS)
                .writtenBy(value -> withoutLength(((ConnectResponse) value)::writeFrame));
    }

    private static WireReader reader(byte[] input) {
        return new WireReader(Unpooled.wrappedBuffer(input));
    }

    private static byte[] written(Consumer<WireWriter> message) {
        ByteBuf bytes = Unpooled.buffer();
        message.accept(new WireWriter(bytes));
        return ByteBufUtil.getBytes(bytes);
    }

    private static byte[] written(Consumer<WireWriter> message, byte first) {
        byte[] bytes = written(message);
        bytes[0] = first;
        return bytes;
    }

    private static byte[] withoutLength(Consumer<WireWriter> frame) {
        byte[] bytes = written(frame);
        return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    }

    /** One of every type. */
    private static List<Request> requests() {
        List<@Nullable Acl> acl = new ArrayList<>(ACL);
        List<@Nullable Acl> open = new ArrayList<>(Acl.OPEN);
        WriteRequest.Create create = WriteRequest.Create.of(OpCode.CREATE, "/a/b", DATA, acl, 3);
        WriteRequest.Create withTtl =
                new WriteRequest.Create(OpCode.CREATE_TTL, "/a/\uD83D\uDE00", null, null, 5, 1000);
        return List.of(
                create,
                withTtl,
                WriteRequest.Create.of(OpCode.CREATE2, "/ä", DATA, open, 0),
                WriteRequest.Create.of(OpCode.CREATE_CONTAINER, "/c", DATA, open, 4),
                new WriteRequest.Delete("/a", -1),
                new WriteRequest.SetData("/a", DATA, 4),
                new WriteRequest.SetAcl("/a", acl, 4),
                new WriteRequest.Multi(List.of(
                        create,
                        withTtl,
                        new WriteRequest.Delete("/a", 1),
                        new WriteRequest.SetData("/a", null, 2),
                        new WriteRequest.Check("/a", 3))),
                new WriteRequest.Reconfig("server.4=h:1:2", null, "", -1),
                new WriteRequest.CloseSession(),
                new ReadRequest.Exists("/a", true),
                new ReadRequest.GetData("/a", false),
                new ReadRequest.GetAcl("/a"),
                new ReadRequest.GetChildren("/a", true),
                new ReadRequest.GetChildren2("/a", false),
                new ReadRequest.GetEphemerals("/a"),
                new ReadRequest.GetAllChildrenNumber("/a"),
                new ReadRequest.MultiRead(
                        List.of(new ReadRequest.GetData("/a", false), new ReadRequest.GetChildren("/a", false))),
                new WatchRequest.SetWatches(5, List.of("/a"), List.of("/b", "/c"), List.of(), List.of(), List.of()),
                new WatchRequest.SetWatches(5, List.of(), List.of(), List.of("/d"), List.of("/e"), List.of("/f")),
                new WatchRequest.AddWatch("/a", AddWatchMode.PERSISTENT_RECURSIVE),
                new WatchRequest.RemoveWatches("/a", WatcherType.ANY),
                new WatchRequest.CheckWatches("/a", WatcherType.DATA),
                new SessionRequest.Ping(),
                new SessionRequest.Sync("/a"),
                new SessionRequest.Auth(0, "digest", DATA),
                new SessionRequest.Sasl(DATA),
                new SessionRequest.WhoAmI());
    }

    private static List<Answered> replies() {
        ReplyHeader header = new ReplyHeader(7, 100, 0);
        return List.of(
                new Answered(OpCode.PING, header, new Reply.Nothing()),
                new Answered(OpCode.CREATE, header, new Reply.Path("/a")),
                new Answered(OpCode.CREATE2, header, new Reply.PathAndStat("/a", STAT)),
                new Answered(OpCode.EXISTS, header, new Reply.OnlyStat(STAT)),
                new Answered(OpCode.GET_DATA, header, new Reply.DataAndStat(DATA, STAT)),
                new Answered(OpCode.GET_ACL, header, new Reply.AclAndStat(ACL, STAT)),
                new Answered(OpCode.GET_CHILDREN, header, new Reply.Names(List.of("a", "b"))),
                new Answered(OpCode.GET_CHILDREN2, header, new Reply.NamesAndStat(List.of("a"), STAT)),
                new Answered(OpCode.GET_ALL_CHILDREN_NUMBER, header, new Reply.Count(5)),
                new Answered(OpCode.ADD_WATCH, header, new Reply.Code(0)),
                new Answered(OpCode.SASL, header, new Reply.Token(DATA)),
                new Answered(OpCode.WHO_AM_I, header, new Reply.Identities(List.of(new ClientInfo("ip", "::1")))),
                new Answered(
                        OpCode.MULTI,
                        header,
                        new Reply.Results(List.of(
                                MultiResult.of(OpCode.CREATE, new Reply.Path("/a")),
                                MultiResult.of(OpCode.GET_DATA, new Reply.DataAndStat(null, STAT)),
                                MultiResult.failed(-101)))));
    }
}
