package io.pando.test.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.RawClient;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A conversation recorded from ZooKeeper 3.9.4, word for word (wire-protocol section 25). What differs on each run is
 * left out of the comparison: times, the session's id and password, and zxids, which start in another epoch.
 */
class GoldenFramesTest {
    private static final String ZXID = "................";
    private static final String TIMES = ".{32}";
    private static final String STAT =
            ZXID + ZXID + TIMES + "0".repeat(24) + "0".repeat(16) + "0000000200000000" + ZXID;

    @Test
    void a_recorded_conversation_goes_the_same_way() throws Exception {
        try (ServerProcess server = ServerProcess.start(Target.current(), Map.of("tickTime", "2000"));
                RawClient client = RawClient.open(server.port())) {
            send(client, "000000000000000000000000 00000fa0 0000000000000000 00000010 " + "0".repeat(32) + " 00");
            expect(client, "00000000 00000fa0 " + ZXID + " 00000010 " + TIMES + " 00");

            send(client, "fffffffe 0000000b");
            expect(client, "fffffffe " + ZXID + " 00000000");

            send(client, "fffffffc 00000064 00000000 00000006 646967657374 00000003 753a70");
            expect(client, "fffffffc 0000000000000000 00000000");

            send(client, "00000001 00000003 00000002 2f76 01");
            expect(client, "00000001 " + ZXID + " ffffff9b");

            send(
                    client,
                    "00000002 0000000f 00000002 2f76 00000002 6162 00000001 0000001f 00000005 776f726c64"
                            + " 00000006 616e796f6e65 00000000");
            expect(client, "ffffffff " + ZXID + " 00000000 00000001 00000003 00000002 2f76");
            expect(client, "00000002 " + ZXID + " 00000000 00000002 2f76 " + STAT);

            send(client, "00000003 00000004 00000002 2f76 00");
            expect(client, "00000003 " + ZXID + " 00000000 00000002 6162 " + STAT);

            send(client, "00000004 00000005 00000002 2f76 00000001 63 00000005");
            expect(client, "00000004 " + ZXID + " ffffff99");

            send(
                    client,
                    "00000005 0000000e 00000002 00 ffffffff 00000002 2f76 ffffffff"
                            + " 0000000d 00 ffffffff 00000001 2f 00000009 ffffffff 01 ffffffff");
            expect(
                    client,
                    "00000005 " + ZXID + " 00000000 ffffffff 00 00000000 00000000 ffffffff 00 ffffff99 ffffff99"
                            + " ffffffff 01 ffffffff");

            send(client, "00000006 0000006a 00000002 2f76 00000001");
            expect(client, "00000006 " + ZXID + " 00000000 00000000");

            send(client, "00000007 00000009 00000002 2f76");
            expect(client, "00000007 " + ZXID + " 00000000 00000002 2f76");

            send(client, "00000008 fffffff5");
            expect(client, "00000008 " + ZXID + " 00000000");
            assertTrue(client.isClosedByServer());
        }
    }

    private static void send(RawClient client, String hex) throws Exception {
        client.sendFrame(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static void expect(RawClient client, String pattern) throws Exception {
        String frame = HexFormat.of().formatHex(client.receiveFrame());
        String expected = pattern.replace(" ", "");
        if (!frame.matches(expected)) assertEquals(expected, frame);
    }
}
