package io.pando.server.fourletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.server.figures.ConnectionFigures;
import io.pando.server.figures.Turn;
import io.pando.server.fourletter.ServerView.Session;
import io.pando.server.fourletter.ServerView.Watch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes are those of answers recorded from ZooKeeper 3.9.5. */
class FourLetterWordsTest {
    private static final int GET_DATA = 4;

    private final AView server = AView.allowingAll();

    @Test
    void every_word_that_a_configuration_may_allow_is_recognised_and_answered() {
        assertEquals(Set.copyOf(FourLetterWords.WORDS), server.config().fourLetterWords());
        for (var word : FourLetterWords.WORDS) {
            assertFalse(ask(server, word).contains("not executed"), word);
        }
    }

    @Test
    void a_length_is_no_word() {
        assertNull(new FourLetterWords(server).commandOf(45));
    }

    @Test
    void what_is_not_in_the_whitelist_is_refused_in_zookeepers_words() {
        assertEquals("mntr is not executed because it is not in the whitelist.\n", ask(new AView(), "mntr"));
        assertTrue(ask(new AView(), "srvr").startsWith("Zookeeper version: 3.9.5-pando-"));
    }

    @Test
    void ruok_and_isro_answer_without_an_end_of_line_also_when_nobody_is_served() {
        assertEquals("imok", ask(server, "ruok"));
        assertEquals("rw", ask(server, "isro"));

        server.serving = false;
        assertEquals("imok", ask(server, "ruok"));
        assertEquals("null", ask(server, "isro"));
        assertEquals("This ZooKeeper instance is not currently serving requests\n", ask(server, "stat"));
    }

    @Test
    void an_interrupt_of_telnet_is_answered_with_nothing() {
        var command = assertNotNull(new FourLetterWords(server).commandOf(0xfff4fffd));

        assertEquals("", command.apply(new byte[4]));
    }

    @Test
    void the_trace_mask_is_kept_for_those_who_ask() {
        var words = new FourLetterWords(server);

        assertEquals("306", ask(words, "gtmk"));
        assertEquals("514", ask(words, "stmk", 514));
        assertEquals("514", ask(words, "gtmk"));
        assertEquals(12, words.bytesNeeded(asInt("stmk")));
        assertEquals(4, words.bytesNeeded(asInt("gtmk")));
    }

    @Test
    void srvr_has_the_lines_that_exporters_parse() {
        server.connect(32982, 1);
        var turn = new Turn();
        turn.received(8);
        turn.answeredOnTheSpot(GET_DATA, 1, 1);
        turn.end(new ConnectionFigures(), server.figures, 0, 2_625_000);

        var lines = ask(server, "srvr").split("\n");

        assertTrue(lines[0].matches("Zookeeper version: 3\\.9\\.5-pando-\\S+"), lines[0]);
        assertEquals(
                List.of(
                        "Latency min/avg/max: 2/2.625/2",
                        "Received: 1",
                        "Sent: 0",
                        "Connections: 1",
                        "Outstanding: 0",
                        "Zxid: 0x100000005",
                        "Mode: standalone",
                        "Node count: 8"),
                List.of(lines).subList(1, lines.length));
    }

    @Test
    void stat_lists_clients_between_an_own_heading_and_an_empty_line() {
        var turn = new Turn();
        turn.received(8);
        turn.end(server.connect(32982, 0x10000255b520001L).figures(), server.figures, 0, 0);

        var expected = """

            Clients:
             /127.0.0.1:32982[1](queued=1,recved=1,sent=0)

            Latency min/avg/max: 0/0.0/0
            """;
        assertTrue(ask(server, "stat").contains(expected), ask(server, "stat"));
    }

    @Test
    void cons_tells_of_every_connection_what_it_last_did() {
        var figures = server.connect(32982, 0x10000255b520001L).figures();
        server.connect(32998, 0);
        var turn = new Turn();
        turn.received(8);
        turn.answeredOnTheSpot(GET_DATA, 2, 5);
        turn.sent(16);
        turn.end(figures, server.figures, 2_451_046_500_000L, 2_451_048_000_000L);

        var expected = """
             /127.0.0.1:32982[1](queued=0,recved=1,sent=1,sid=0x10000255b520001,lop=GETD,est=1795377320178,to=10000,\
            lcxid=0x2,lzxid=0x5,lresp=2451048,llat=1,minlat=1,avglat=1,maxlat=1)
             /127.0.0.1:32998[1](queued=0,recved=0,sent=0)

            """;
        assertEquals(expected, ask(server, "cons"));
    }

    @Test
    void crst_and_srst_start_the_counting_anew() {
        var figures = server.connect(32982, 0x1L).figures();
        var turn = new Turn();
        turn.received(8);
        turn.answeredOnTheSpot(GET_DATA, 2, 5);
        turn.sent(16);
        turn.end(figures, server.figures, 0, 1);

        assertEquals("Connection stats reset.\n", ask(server, "crst"));
        assertEquals("Server stats reset.\n", ask(server, "srst"));

        assertTrue(ask(server, "cons")
                .contains("recved=0,sent=0,sid=0x1,lop=NA,est=1795377320178,to=10000,"
                        + "lzxid=0xffffffffffffffff,lresp=0,llat=0,minlat=0,avglat=0,maxlat=0)"));
        assertTrue(ask(server, "srvr").contains("Received: 0\n"));
    }

    @Test
    void mntr_lines_are_a_name_a_tab_and_a_value() {
        var text = ask(server, "mntr");

        for (var line : text.lines().toList()) {
            assertTrue(line.matches("zk_[a-z_]+\t\\S+"), line);
        }
        for (var expected : List.of(
                "zk_server_state\tstandalone",
                "zk_znode_count\t8",
                "zk_ephemerals_count\t2",
                "zk_approximate_data_size\t64",
                "zk_uptime\t2964",
                "zk_avg_latency\t0.0",
                "zk_avg_fsynctime\t1.5",
                "zk_cnt_fsynctime\t4",
                "zk_num_alive_connections\t0")) {
            assertTrue(text.contains(expected + "\n"), expected);
        }
    }

    @Test
    void dump_shows_sessions_by_expiry_their_ephemerals_and_the_connections() {
        server.sessions.add(new Session(0x10000255b520001L, 10_000, 9000, List.of("/b")));
        server.sessions.add(new Session(0x10000255b520002L, 10_000, 9000, List.of()));
        server.connect(32982, 0x10000255b520001L);

        var text = ask(server, "dump");

        assertTrue(text.startsWith("SessionTracker dump:\nSession Sets (1)/(2):\n2 expire at "), text);
        var expected = """
            :
            \t0x10000255b520001
            \t0x10000255b520002
            ephemeral nodes dump:
            Sessions with Ephemerals (1):
            0x10000255b520001:
            \t/b
            Connections dump:
            """;
        assertTrue(text.contains(expected), text);
        assertTrue(text.endsWith("\tip: /127.0.0.1:32982 sessionId: 0x10000255b520001\n"), text);
    }

    @Test
    void watches_are_counted_and_listed_by_session_and_by_path() {
        server.watches.add(new Watch("/a/e", 2));
        server.watches.add(new Watch("/a/e", 1));
        server.watches.add(new Watch("/nope", 1));

        assertEquals("2 connections watching 2 paths\nTotal watches:3\n", ask(server, "wchs"));
        assertEquals("0x2\n\t/a/e\n0x1\n\t/a/e\n\t/nope\n\n", ask(server, "wchc"));
        assertEquals("/a/e\n\t0x2\n\t0x1\n/nope\n\t0x1\n\n", ask(server, "wchp"));
    }

    @Test
    void a_list_of_watches_is_bounded() {
        for (int i = 0; i < WatchWords.MOST_WATCHES + 10; i++) {
            server.watches.add(new Watch("/n" + i, 1));
        }

        var text = ask(server, "wchc");

        assertEquals(
                WatchWords.MOST_WATCHES,
                text.lines().filter(line -> line.startsWith("\t")).count());
        assertTrue(text.endsWith("... of 100010 watches\n\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wchc", "wchp"})
    void a_list_of_watches_on_long_paths_is_bounded_by_its_length(String word) {
        int length = 100_000;
        for (int i = 0; i < 100; i++) {
            server.watches.add(new Watch("/" + "x".repeat(length) + i, i));
        }

        var text = ask(server, word);

        assertTrue(text.length() < WatchWords.MOST_CHARACTERS + 2 * length, text.length() + " characters");
        assertTrue(text.endsWith("... of 100 watches\n\n"));
    }

    @Test
    void conf_shows_what_zookeeper_shows_and_no_secret() {
        var secretive = new AView(
                "4lw.commands.whitelist=*",
                "dataDir=/nowhere/data",
                "DigestAuthenticationProvider.superDigest=super:hush");

        var text = ask(secretive, "conf");

        assertTrue(
                text.startsWith("clientPort=29181\nsecureClientPort=-1\ndataDir=/nowhere/data\ndataDirSize=0\n"), text);
        assertTrue(text.contains("maxSessionTimeout=60000\n"), text);
        assertFalse(text.contains("hush"));
    }

    @Test
    void hash_pairs_zxids_with_digests() {
        assertEquals("100000005: 42\n", ask(server, "hash"));
    }

    private static String ask(ServerView server, String word) {
        return ask(new FourLetterWords(server), word);
    }

    private static String ask(FourLetterWords words, String word, long... arguments) {
        var bytes = ByteBuffer.allocate(4 + 8 * arguments.length).putInt(asInt(word));
        for (var argument : arguments) {
            bytes.putLong(argument);
        }
        return assertNotNull(words.commandOf(asInt(word))).apply(bytes.array());
    }

    private static int asInt(String word) {
        return ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    private static <T> T assertNotNull(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("There is no such command");
        }
        return value;
    }
}
