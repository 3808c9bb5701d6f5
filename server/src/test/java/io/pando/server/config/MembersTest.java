package io.pando.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.core.CoreConfig.Timing;
import io.pando.zab.model.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who belongs to an ensemble and which of them this server is, as the configuration says it. */
class MembersTest {
    private static final String[] THREE = {
        "server.1=zoo1:2888:3888;2181", "server.2=zoo2:2888:3888;2181", "server.3=zoo3:2888:3888;2181"
    };

    @TempDir
    Path dir;

    @Test
    void a_server_without_server_lines_is_an_ensemble_of_one() throws Exception {
        var config = load("clientPort=2181");

        assertTrue(config.isAlone());
        assertEquals(0, config.serverId());
        assertEquals(0, config.initialMembership().version());
        assertEquals(0, config.ensemble().self().id());
        assertFalse(config.genesisByQuorum());
    }

    @Test
    void the_only_server_line_names_a_server_alone() throws Exception {
        var config = load("server.7=localhost:2888:3888;2281");

        assertTrue(config.isAlone());
        assertEquals(7, config.serverId());
        assertEquals(2281, config.clientPort().port());
    }

    @Test
    void the_file_myid_says_which_of_the_servers_this_is() throws Exception {
        Files.writeString(dir.resolve("myid"), "2\n");

        var config = load(THREE);

        assertEquals(2, config.serverId());
        assertFalse(config.isAlone());
        assertEquals(3, config.initialMembership().participants().size());
        assertEquals("zoo2", config.ensemble().self().host());
        assertEquals(2181, config.clientPort().port());
    }

    @Test
    void roles_weights_and_groups_come_from_their_lines() throws Exception {
        var config = load(
                "myid=3",
                "server.1=zoo1:2888:3888",
                "server.2=zoo2:2888:3888:participant",
                "server.3=zoo3:2888:3888:observer;10.0.0.3:2182",
                "group.1=1",
                "group.2=2",
                "weight.2=5",
                "peerType=observer",
                "genesis=quorum",
                "quorumListenOnAllIPs=true",
                "readonlymode.enabled=true");

        assertEquals("""
            server.1=zoo1:2888:3888:participant
            group.1=1
            server.2=zoo2:2888:3888:participant
            weight.2=5
            group.2=2
            server.3=zoo3:2888:3888:observer;10.0.0.3:2182
            """, config.initialMembership().text());
        assertEquals("10.0.0.3:2182", config.clientPort().toString());
        assertEquals(Member.Role.OBSERVER, config.ensemble().self().role());
        assertTrue(config.genesisByQuorum() && config.ensemble().listensOnAllAddresses());
        assertTrue(config.ensemble().readOnlyMode() && config.fourLetterWords().contains("isro"));
    }

    @Test
    void servers_wait_for_one_another_as_long_as_suits_a_local_network() throws Exception {
        assertEquals(
                Timing.LAN, load("tickTime=2000", "initLimit=5", "syncLimit=2").timing());
        assertEquals(Timing.LAN, load().timing());
    }

    @Test
    void lower_limits_than_that_are_obeyed_down_to_200_ms() throws Exception {
        var brief = load("tickTime=150", "initLimit=5", "syncLimit=2").timing();
        var least = load("tickTime=1").timing();

        assertEquals(Duration.ofMillis(300).toNanos(), brief.follower());
        assertEquals(Duration.ofMillis(300).toNanos(), brief.quorum());
        assertEquals(Duration.ofMillis(50).toNanos(), brief.heartbeat());
        assertEquals(Duration.ofMillis(750).toNanos(), brief.discovery());
        assertEquals(Duration.ofMillis(200).toNanos(), least.follower());
    }

    @Test
    void all_servers_read_the_same_members_from_the_same_lines() throws Exception {
        var first = load(and(THREE, "myid=1")).initialMembership();
        var second = load(and(THREE, "myid=2")).initialMembership();

        assertEquals(first, second);
    }

    @Test
    void without_a_myid_a_server_does_not_know_which_it_is() {
        assertEquals(
                List.of("myid is missing: which of the servers 1, 2, 3 is this? Write its number, a whole number from 0"
                        + " to 254, into " + dir.resolve("myid") + ", or give --set myid=N."),
                problems(THREE));
    }

    @Test
    void a_myid_that_is_not_listed_is_refused() {
        assertEquals(List.of("myid=4: no server.4 is listed, only 1, 2, 3."), problems(and(THREE, "myid=4")));
        assertEquals(List.of("myid=4: no server.4 is listed, only 1."), problems("server.1=a:1:2", "myid=4"));
    }

    @Test
    void a_myid_that_is_no_number_is_told_once_and_where() throws IOException {
        assertOnly("line 5: myid=two is not a whole number from 0 to 254.", problems(and(THREE, "myid=two")));
        Files.writeString(dir.resolve("myid"), "255");
        assertOnly("myid: 255 is not a whole number from 0 to 254.", problems(THREE));
    }

    @Test
    void a_myid_that_contradicts_the_data_directory_is_refused() throws IOException {
        Files.writeString(dir.resolve("myid"), "1");

        assertOnly("myid, which says 1, contradict each other", problems(and(THREE, "myid=2")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        server.2=zoo2:2888              | is not host:port:port[:participant|observer]
        server.2=zoo2:2888:388800       | is not host:port:port
        server.2=zoo2:0:3888            | with ports from 1 to 65535
        server.2=zoo2:2888:3888:leader  | is not host:port:port
        server.2=zoo2:2888:3888;port    | is not host:port:port
        server.2=zoo2:2888:2888         | names port 2888 twice
        server.2=zoo1:2888:3889         | has the address zoo1:2888 of server 1
        server.2=ZOO1:2889:3889;2181    | has the address zoo1:2181 of server 1
        server.2=0.0.0.0:2888:3888      | nobody can connect to 0.0.0.0
        server.2=a:1:2;2181;2281        | TLS is not in this version
        server.256=zoo2:2888:3888       | the N of server.N is not a whole number from 0 to 254
        server.01=zoo2:2888:3888        | speak of the same
        weight.1=-1                     | is not a whole number from 0 to 1000000
        weight.9=2                      | no server.9 is listed, only 1
        weight.1=0                      | no participant with a weight above 0
        group.1=1:x                     | x is no server id
        group.1=1:9                     | no server.9 is listed
        group.1=1:1                     | server 1 is in group 1 already
        peerType=observer               | which makes this server a participant
        peerType=leader                 | is not participant or observer
        genesis=two                     | is not all or quorum
        dynamicConfigFile=/x            | write the server.N lines into this one
        """)
    void what_can_not_be_is_refused_with_the_reason(String line, String complaint) {
        assertOnly(complaint, problems("server.1=zoo1:2888:3888;2181", "myid=1", line));
    }

    @Test
    void where_there_are_groups_every_participant_belongs_to_one() {
        var problems = problems(and(THREE, "myid=1", "group.1=1:2", "server.4=zoo4:2888:3888:observer"));

        assertOnly("server.3=zoo3:2888:3888;2181 is in no group", problems);
        assertOnly(
                "server 4 is an observer",
                problems(and(THREE, "myid=1", "group.1=1:2:3:4", "server.4=zoo4:2888:3888:observer")));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        var problems = problems("server.1=zoo1:1:1", "server.2=zoo2", "weight.1=much", "group.1=2:1:1", "myid=7.5");

        assertEquals(5, problems.size(), problems::toString);
    }

    private ServerConfig load(String... lines) throws ConfigException, IOException {
        List<String> all = new ArrayList<>(List.of("dataDir=" + dir));
        all.addAll(List.of(lines));
        Path file = Files.write(dir.resolve("zoo.cfg"), all);
        return ConfigLoader.load(new Sources(Optional.of(file), Map.of(), List.of()))
                .config();
    }

    private List<String> problems(String... lines) {
        return assertThrows(ConfigException.class, () -> load(lines)).problems();
    }

    private static void assertOnly(String part, List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains(part), problems::toString);
    }

    private static String[] and(String[] lines, String... more) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
