package io.pando.test.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.zookeeper.ZooDefs.Ids.OPEN_ACL_UNSAFE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.RawClient;
import io.pando.test.harness.SharedServer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words operators and their monitoring send to the client port. */
class FourLetterWordsTest {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults();

    @Test
    void ruok_and_isro_have_their_exact_answers() throws Exception {
        assertEquals("imok", ask("ruok"));
        assertEquals("imok", ask("ruok\n"));
        assertEquals("rw", ask("isro"));
    }

    @Test
    void srvr_tells_mode_zxid_and_node_count() throws Exception {
        String answer = ask("srvr");

        assertTrue(answer.startsWith("Zookeeper version: "), answer);
        for (String line : List.of(
                "Latency min/avg/max: ",
                "Received: ",
                "Sent: ",
                "Connections: ",
                "Outstanding: ",
                "Zxid: 0x",
                "Mode: standalone\n",
                "Node count: ")) {
            assertTrue(answer.contains("\n" + line), line + " is missing in " + answer);
        }
    }

    @Test
    void stat_and_cons_list_the_connections() throws Exception {
        ZooKeeper client = SERVER.client();

        assertTrue(ask("stat").contains("Clients:\n /127.0.0.1:"));
        assertTrue(ask("cons").contains("sid=0x" + Long.toHexString(client.getSessionId())));
        assertTrue(ask("crst").startsWith("Connection stats reset"));
        assertTrue(ask("srst").startsWith("Server stats reset"));
    }

    @Test
    void mntr_gives_a_number_per_line_to_monitoring() throws Exception {
        ZooKeeper client = SERVER.client();
        client.create(SERVER.path("n"), null, OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);

        Map<String, String> values = ask("mntr")
                .lines()
                .filter(line -> line.contains("\t"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('\t')),
                        line -> line.substring(line.indexOf('\t') + 1),
                        (first, second) -> first));

        assertEquals("standalone", values.get("zk_server_state"));
        for (String key : List.of(
                "zk_version",
                "zk_avg_latency",
                "zk_max_latency",
                "zk_min_latency",
                "zk_packets_received",
                "zk_packets_sent",
                "zk_num_alive_connections",
                "zk_outstanding_requests",
                "zk_znode_count",
                "zk_watch_count",
                "zk_ephemerals_count",
                "zk_approximate_data_size",
                "zk_open_file_descriptor_count",
                "zk_max_file_descriptor_count")) {
            assertTrue(values.containsKey(key), key + " is missing in " + values.keySet());
        }
        assertTrue(Integer.parseInt(values.getOrDefault("zk_ephemerals_count", "")) >= 1);
    }

    @Test
    void watches_are_told_by_number_by_connection_and_by_path() throws Exception {
        ZooKeeper client = SERVER.client();
        client.exists(SERVER.path("watched"), true);

        assertTrue(ask("wchs").contains("Total watches:"), ask("wchs"));
        assertTrue(ask("wchc").contains("0x" + Long.toHexString(client.getSessionId())));
        assertTrue(ask("wchp").contains(SERVER.path("watched")));
        assertTrue(ask("dump").contains("0x" + Long.toHexString(client.getSessionId())));
    }

    @Test
    void conf_and_envi_tell_what_it_runs_with() throws Exception {
        assertTrue(ask("conf").contains("clientPort=" + SERVER.process().port()), ask("conf"));
        assertTrue(ask("envi").contains("java.version="), ask("envi"));
    }

    @Test
    void the_trace_mask_is_shown_and_set() throws Exception {
        assertEquals("306", ask("gtmk").strip());
        byte[] command =
                ByteBuffer.allocate(12).put("stmk".getBytes(UTF_8)).putLong(50).array();
        assertEquals("50", ask(command).strip());
        assertEquals("50", ask("gtmk").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dirs", "hash", "lsnp"})
    void other_words_leave_the_server_well(String word) throws Exception {
        try (RawClient socket = RawClient.open(SERVER.process().port())) {
            socket.sendBytes(word.getBytes(UTF_8));
            socket.receiveToEnd();
        }
        assertEquals("imok", ask("ruok"));
    }

    @Test
    void the_interrupt_of_telnet_closes_in_silence() throws Exception {
        assertFalse(ask(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff, (byte) 0xfd})
                .contains("whitelist"));
    }

    private static String ask(String word) throws Exception {
        return ask(word.getBytes(UTF_8));
    }

    private static String ask(byte[] bytes) throws Exception {
        try (RawClient socket = RawClient.open(SERVER.process().port())) {
            socket.sendBytes(bytes);
            return new String(socket.receiveToEnd(), UTF_8);
        }
    }
}
