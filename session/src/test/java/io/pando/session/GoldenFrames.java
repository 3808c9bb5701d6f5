package io.pando.session;

import io.pando.datatree.Acl;
import io.pando.datatree.Id;
import io.pando.datatree.Stat;
import java.util.List;

/**
 * Frames recorded between ZooKeeper's client and server 3.9.4, and what they say. Where the record leaves out a time, a
 * session id or a password, for they differ each time, there is one made up.
 */
final class GoldenFrames {
    static final byte[] PASSWORD = Bytes.ofHex("00112233445566778899aabbccddeeff");
    static final long SESSION_ID = 0x0100_1234_5678_0000L;
    static final Stat STAT = new Stat(2, 2, 0x0123, 0x0456, 0, 0, 0, 0, 2, 0, 2);

    static final byte[] CONNECT_REQUEST = Bytes.ofHex(
            "0000002d 00000000 0000000000000000 00000fa0 0000000000000000",
            "00000010 00000000000000000000000000000000 00");
    static final byte[] CONNECT_RESPONSE =
            Bytes.ofHex("00000025 00000000 00000fa0 0100123456780000", "00000010 00112233445566778899aabbccddeeff 00");

    static final byte[] WATCH_EVENT =
            Bytes.ofHex("0000001e ffffffff 0000000000000002 00000000 00000001 00000003 00000002 2f76");

    static final byte[] NO_NODE = Bytes.ofHex("00000010 00000001 0000000000000001 ffffff9b");
    static final byte[] BAD_VERSION = Bytes.ofHex("00000010 00000004 0000000000000003 ffffff99");

    static final List<Asked> REQUESTS = List.of(
            new Asked("00000008 fffffffe 0000000b", Xids.PING, new SessionRequest.Ping()),
            new Asked(
                    "0000001d fffffffc 00000064 00000000 00000006 646967657374 00000003 753a70",
                    Xids.AUTH,
                    new SessionRequest.Auth(0, "digest", Bytes.ofHex("753a70"))),
            new Asked("0000000f 00000001 00000003 00000002 2f76 01", 1, new ReadRequest.Exists("/v", true)),
            new Asked(
                    "00000033 00000002 0000000f 00000002 2f76 00000002 6162"
                            + "00000001 0000001f 00000005 776f726c64 00000006 616e796f6e65 00000000",
                    2,
                    WriteRequest.Create.of(
                            OpCode.CREATE2,
                            "/v",
                            Bytes.ofHex("6162"),
                            List.of(new Acl(31, new Id("world", "anyone"))),
                            0)),
            new Asked("0000000f 00000003 00000004 00000002 2f76 00", 3, new ReadRequest.GetData("/v", false)),
            new Asked(
                    "00000017 00000004 00000005 00000002 2f76 00000001 63 00000005",
                    4,
                    new WriteRequest.SetData("/v", Bytes.ofHex("63"), 5)),
            new Asked(
                    "00000036 00000005 0000000e"
                            + "00000002 00 ffffffff  00000002 2f76 ffffffff"
                            + "0000000d 00 ffffffff  00000001 2f 00000009"
                            + "ffffffff 01 ffffffff",
                    5,
                    new WriteRequest.Multi(List.of(new WriteRequest.Delete("/v", -1), new WriteRequest.Check("/", 9)))),
            new Asked(
                    "00000012 00000006 0000006a 00000002 2f76 00000001",
                    6,
                    new WatchRequest.AddWatch("/v", AddWatchMode.PERSISTENT_RECURSIVE)),
            new Asked("0000000e 00000007 00000009 00000002 2f76", 7, new SessionRequest.Sync("/v")),
            new Asked("00000008 00000008 fffffff5", 8, new WriteRequest.CloseSession()));

    static final List<Answered> REPLIES = List.of(
            new Answered("00000010 fffffffe 0000000000000001 00000000", OpCode.PING, -2, 1, new Reply.Nothing()),
            new Answered("00000010 fffffffc 0000000000000000 00000000", OpCode.AUTH, -4, 0, new Reply.Nothing()),
            new Answered(
                    "0000005a 00000002 0000000000000002 00000000 00000002 2f76"
                            + "0000000000000002 0000000000000002 0000000000000123 0000000000000456"
                            + "00000000 00000000 00000000 0000000000000000 00000002 00000000 0000000000000002",
                    OpCode.CREATE2,
                    2,
                    2,
                    new Reply.PathAndStat("/v", STAT)),
            new Answered(
                    "0000005a 00000003 0000000000000002 00000000 00000002 6162"
                            + "0000000000000002 0000000000000002 0000000000000123 0000000000000456"
                            + "00000000 00000000 00000000 0000000000000000 00000002 00000000 0000000000000002",
                    OpCode.GET_DATA,
                    3,
                    2,
                    new Reply.DataAndStat(Bytes.ofHex("6162"), STAT)),
            new Answered(
                    "00000033 00000005 0000000000000004 00000000"
                            + "ffffffff 00 00000000  00000000"
                            + "ffffffff 00 ffffff99  ffffff99"
                            + "ffffffff 01 ffffffff",
                    OpCode.MULTI,
                    5,
                    4,
                    new Reply.Results(List.of(MultiResult.failed(0), MultiResult.failed(-103)))),
            new Answered(
                    "00000014 00000006 0000000000000004 00000000 00000000", OpCode.ADD_WATCH, 6, 4, new Reply.Code(0)),
            new Answered(
                    "00000016 00000007 0000000000000004 00000000 00000002 2f76",
                    OpCode.SYNC,
                    7,
                    4,
                    new Reply.Path("/v")),
            new Answered(
                    "00000010 00000008 0000000000000005 00000000", OpCode.CLOSE_SESSION, 8, 5, new Reply.Nothing()));

    private GoldenFrames() {}

    record Asked(String hex, int xid, Request request) {
        byte[] frame() {
            return Bytes.ofHex(hex);
        }
    }

    record Answered(String hex, OpCode op, int xid, long zxid, Reply reply) {
        byte[] frame() {
            return Bytes.ofHex(hex);
        }
    }
}
