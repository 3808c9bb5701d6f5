package io.pando.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path dir;

    @Test
    void without_anything_a_server_listens_on_loopback_and_keeps_its_data_in_the_working_directory() throws Exception {
        var config = load().config();

        assertEquals("127.0.0.1:2181", config.clientPort().toString());
        assertEquals(Path.of("data").toAbsolutePath(), config.storage().dataDir());
        assertEquals(config.storage().dataDir(), config.storage().logDir());
        assertEquals(new ServerConfig.Sessions(3000, 6000, 60_000), config.sessions());
        assertEquals(new ServerConfig.Limits(1_048_575, 60, 0, 1000, 10_000), config.limits());
        assertEquals(64 << 20, config.storage().segmentBytes());
        assertTrue(config.storage().forceSync()
                && config.storage().purge()
                && config.znodes().extendedTypes());
        assertEquals(Set.of("srvr"), config.fourLetterWords());
    }

    @Test
    void the_sample_that_comes_with_zookeeper_is_read_without_a_word() throws Exception {
        var loaded = load("tickTime=2000", "initLimit=10", "syncLimit=5", "dataDir=/tmp/zookeeper", "clientPort=2181");

        assertEquals(List.of(), loaded.warnings());
        assertEquals(
                new ServerConfig.Sessions(2000, 4000, 40_000), loaded.config().sessions());
    }

    @Test
    void with_a_file_the_server_listens_on_all_addresses_as_zookeeper_does() throws Exception {
        assertEquals(
                "port 2281 of all addresses",
                loadFile("clientPort=2281").config().clientPort().toString());
    }

    @Test
    void the_configuration_of_the_container_image_takes_its_client_port_from_the_server_line() throws Exception {
        var loaded = loadFile(
                "dataDir=/data",
                "dataLogDir=/datalog",
                "tickTime=2000",
                "initLimit=5",
                "syncLimit=2",
                "autopurge.snapRetainCount=3",
                "autopurge.purgeInterval=0",
                "maxClientCnxns=60",
                "standaloneEnabled=true",
                "admin.enableServer=true",
                "server.1=localhost:2888:3888;2281");

        assertEquals(2281, loaded.config().clientPort().port());
        assertEquals(Path.of("/datalog"), loaded.config().storage().logDir());
        assertFalse(loaded.config().storage().purge());
        assertEquals(1, loaded.warnings().size());
        assertTrue(loaded.warnings().get(0).contains("admin.enableServer=true changes nothing"));
    }

    @Test
    void a_server_line_and_a_client_port_that_contradict_each_other_are_refused() {
        var problems = problemsOfFile("clientPort=2181", "server.1=a:2888:3888;2182");

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("contradict"), problems::toString);
    }

    @Test
    void the_command_line_wins_over_the_environment_and_that_over_the_file() throws Exception {
        var file = write("tickTime=1000", "maxCnxns=1", "clientPort=1");
        var environment =
                Map.of("PANDO_SET_MAXCNXNS", "2", "pando_set_clientport", "2", "PANDO_PORT_2181_TCP", "tcp://1.2.3.4");

        var config = ConfigLoader.load(new Sources(Optional.of(file), environment, List.of("clientPort=3")))
                .config();

        assertEquals(1000, config.sessions().tickMs());
        assertEquals(2, config.limits().connections());
        assertEquals(3, config.clientPort().port());
    }

    @Test
    void every_spelling_of_a_system_property_is_the_same_key() throws Exception {
        for (var key : List.of("jute.maxbuffer", "zookeeper.jute.maxbuffer")) {
            assertEquals(4096, load(key + "=0x1000").config().limits().requestBytes());
        }
        var environment = Map.of("PANDO_SET_JUTE_MAXBUFFER", "4096");
        assertEquals(
                4096,
                ConfigLoader.load(new Sources(Optional.empty(), environment, List.of()))
                        .config()
                        .limits()
                        .requestBytes());
    }

    @Test
    void a_key_given_twice_counts_once_and_is_mentioned() throws Exception {
        var loaded = loadFile("extendedTypesEnabled=true", "", "zookeeper.extendedTypesEnabled=false");

        assertFalse(loaded.config().znodes().extendedTypes());
        assertTrue(loaded.warnings()
                .get(0)
                .contains("line 3: zookeeper.extendedTypesEnabled=false replaces the value at"));
        assertTrue(loaded.warnings().get(0).contains("line 1"));
    }

    @Test
    void all_problems_are_told_at_once_each_with_line_key_value_and_what_is_allowed() {
        var problems = problemsOfFile(
                "# a comment",
                "clientPort=70000",
                "dataDri=/x",
                "tickTime = soon",
                "forceSync maybe",
                "ssl.keyStore.location=/k");

        assertEquals(5, problems.size());
        assertTrue(problems.get(0).contains("line 2: clientPort=70000 is not a whole number from 0 to 65535."));
        assertTrue(
                problems.get(1).contains("line 3: dataDri is not a key of Pando or ZooKeeper. Did you mean dataDir?"));
        assertTrue(problems.get(2).contains("line 4: tickTime=soon is not a whole number"));
        assertTrue(problems.get(3).contains("line 5: forceSync=maybe is not true, false, yes or no."));
        assertTrue(problems.get(4)
                .contains("line 6: ssl.keyStore.location=/k can't be obeyed. TLS is not in this version"));
    }

    @Test
    void a_wish_for_protection_that_is_not_there_is_never_ignored() {
        for (var wish : List.of(
                "secureClientPort=2281",
                "portUnification=true",
                "client.portUnification=true",
                "sslQuorum=true",
                "ssl.quorum.trustStore.password=x",
                "sessionRequireClientSASLAuth=true",
                "enforce.auth.enabled=true",
                "authProvider.1=org.apache.zookeeper.server.auth.SASLAuthenticationProvider",
                "quorum.auth.enableSasl=true",
                "zookeeper.superUser=CN=admin",
                "audit.enable=true")) {
            assertEquals(
                    1,
                    assertThrows(ConfigException.class, () -> load(wish), wish)
                            .problems()
                            .size(),
                    wish);
        }
    }

    @Test
    void switching_off_what_is_not_there_needs_no_word() throws Exception {
        var loaded = load("sslQuorum=false", "portUnification=false", "admin.enableServer=false", "audit.enable=false");

        assertEquals(List.of(), loaded.warnings());
    }

    @Test
    void a_key_without_a_meaning_here_gets_one_warning_with_the_reason() throws Exception {
        var warnings = load("zookeeper.maxResponseCacheSize=400").warnings();

        assertEquals(
                List.of("--set: zookeeper.maxResponseCacheSize=400 changes nothing."
                        + " Reads are answered out of an immutable tree on the network's own threads."),
                warnings);
    }

    @Test
    void secrets_are_in_no_text() throws Exception {
        var loaded = load("DigestAuthenticationProvider.superDigest=super:D/InIHSb7yEEbrWz8b9l71RjZJU=");
        var misspelled =
                assertThrows(ConfigException.class, () -> load("DigestAuthenticationProvider.superDigst=super:hush"));
        var malformed = assertThrows(
                ConfigException.class, () -> load("zookeeper.DigestAuthenticationProvider.superDigest=hush"));

        assertEquals(
                "super:D/InIHSb7yEEbrWz8b9l71RjZJU=",
                loaded.config().access().superDigest().orElseThrow().reveal());
        assertFalse(loaded.toString().contains("D/InIHSb7yEEbrWz8b9l71RjZJU"));
        assertFalse(misspelled.problems().toString().contains("hush"));
        assertFalse(malformed.problems().toString().contains("hush"));
    }

    @Test
    void giving_up_durability_or_access_control_is_loud() throws Exception {
        assertTrue(load("forceSync=no").warnings().get(0).contains("LOSES"));
        assertTrue(load("skipACL=yes").warnings().get(0).contains("Every client"));
    }

    @Test
    void a_misspelled_variable_is_an_error_with_a_suggestion() {
        var sources = new Sources(Optional.empty(), Map.of("PANDO_SET_TICKTIM", "1"), List.of());

        var wrong = assertThrows(ConfigException.class, () -> ConfigLoader.load(sources));

        assertTrue(wrong.problems().get(0).endsWith("Did you mean PANDO_SET_TICKTIME?"), wrong::toString);
    }

    @Test
    void session_timeouts_that_leave_no_range_are_refused() {
        var wrong = assertThrows(ConfigException.class, () -> load("minSessionTimeout=5000", "maxSessionTimeout=4000"));

        assertTrue(wrong.problems().get(0).contains("5000 ms, must not be above maxSessionTimeout, 4000 ms"));
    }

    @Test
    void a_file_that_is_not_there_is_one_problem() {
        var sources = new Sources(Optional.of(dir.resolve("none.cfg")), Map.of(), List.of());

        assertTrue(assertThrows(ConfigException.class, () -> ConfigLoader.load(sources))
                .problems()
                .get(0)
                .contains("does not exist"));
    }

    private static LoadedConfig load(String... sets) throws ConfigException {
        return ConfigLoader.load(Sources.of(sets));
    }

    private LoadedConfig loadFile(String... lines) throws Exception {
        return ConfigLoader.load(new Sources(Optional.of(write(lines)), Map.of(), List.of()));
    }

    private List<String> problemsOfFile(String... lines) {
        return assertThrows(ConfigException.class, () -> loadFile(lines)).problems();
    }

    private Path write(String... lines) throws IOException {
        return Files.write(dir.resolve("zoo.cfg"), List.of(lines));
    }
}
