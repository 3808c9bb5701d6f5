package io.pando.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    Path dir;

    @Test
    void check_names_every_problem_and_exits_with_one() throws Exception {
        var file = Files.writeString(dir.resolve("zoo.cfg"), "clientPrt=1\ntickTime=-1\n");

        var run = CommandRun.of(Map.of(), "config", "check", file.toString());

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("Did you mean clientPort?"), run::err);
        assertTrue(run.err().contains("tickTime=-1"), run::err);
    }

    @Test
    void check_of_a_good_file_says_where_clients_and_data_would_be() throws Exception {
        var file = Files.writeString(dir.resolve("zoo.cfg"), "clientPort=2181\ndataDir=/srv/zoo\n");

        var run = CommandRun.of(Map.of(), "config", "check", file.toString());

        assertEquals(0, run.exitCode(), run::err);
        assertEquals(file + " is fine: clients on port 2181 of all addresses, data in /srv/zoo\n", run.out());
    }

    @Test
    void check_of_a_member_of_an_ensemble_says_which_one_it_is_and_who_the_others_are() throws Exception {
        var file = Files.writeString(dir.resolve("zoo.cfg"), """
            dataDir=/srv/zoo
            server.1=zoo1:2888:3888;2181
            server.2=zoo2:2888:3888:observer;2181
            """);

        var run = CommandRun.of(Map.of(), "config", "check", file.toString(), "--set", "myid=2");

        assertEquals(0, run.exitCode(), run::err);
        assertEquals(file + """
             is fine: clients on port 2181 of all addresses, data in /srv/zoo
            Server 2, one of 2 of which 1 decide; empty, they begin when all of these are there:
              server.1=zoo1:2888:3888:participant;2181
              server.2=zoo2:2888:3888:observer;2181
            """, run.out());
    }

    @Test
    void show_tells_the_origin_of_every_value_and_no_secret() {
        var environment = Map.of("PANDO_SET_DIGESTAUTHENTICATIONPROVIDER_SUPERDIGEST", "super:hush");

        var run = CommandRun.of(environment, "config", "show", "--set", "tickTime=500");

        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().matches("(?s).*tickTime +500 +--set\n.*"), run::out);
        assertTrue(run.out().matches("(?s).*superDigest +\\(redacted\\) +environment PANDO_SET_DIGEST.*"), run::out);
        assertTrue(run.out().matches("(?s).*minSessionTimeout +\\(2 ticks\\) +default\n.*"), run::out);
        assertFalse(run.out().contains("hush"));
    }

    @Test
    void keys_lists_them_all() {
        var run = CommandRun.of(Map.of(), "config", "keys");

        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("jute.maxbuffer (default 1048575)"), run::out);
    }

    @Test
    void an_unknown_command_is_a_mistake_of_the_command_line() {
        var run = CommandRun.of(Map.of(), "confg");

        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("config"), run::err);
    }
}
