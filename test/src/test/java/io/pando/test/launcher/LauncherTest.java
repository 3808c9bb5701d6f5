package io.pando.test.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
    @TempDir
    Path folder;

    private Machine machine;

    @BeforeEach
    void a_machine_without_java() throws IOException {
        machine = new Machine(folder.toRealPath());
    }

    @Test
    void of_several_javas_25_is_preferred() throws Exception {
        machine.built("server");
        for (var version : new String[] {"17.0.15", "21.0.7", "25.0.3", "26"}) machine.jdk(version);

        var outcome = machine.pando("server", "--config", "a b.cfg");

        assertTrue(outcome.text().startsWith("java 25.0.3 "), outcome.text());
        assertTrue(outcome.text().endsWith("io.pando.server.cli.Main\nserver\n--config\na b.cfg"), outcome.text());
    }

    @Test
    void without_a_25_the_newest_that_will_do_is_taken() throws Exception {
        machine.built("server");
        for (var version : new String[] {"1.8.0_402", "21.0.7", "22", "17.0.15"}) machine.jdk(version);

        var outcome = machine.pando("version");

        assertTrue(outcome.text().startsWith("java 22 "), outcome.text());
        assertFalse(outcome.text().contains("CompactObjectHeaders"), outcome.text());
    }

    @Test
    void a_java_home_that_will_do_wins() throws Exception {
        machine.built("server");
        machine.jdk("25.0.3");
        machine.with("JAVA_HOME", machine.jdk("21.0.7"));

        assertTrue(machine.pando("version").text().startsWith("java 21.0.7 "));
    }

    @Test
    void a_java_home_that_is_too_old_is_passed_over() throws Exception {
        machine.built("server");
        machine.jdk("25.0.3");
        machine.with("JAVA_HOME", machine.jdk("17.0.15"));

        assertTrue(machine.pando("version").text().startsWith("java 25.0.3 "));
    }

    @Test
    void without_any_java_that_will_do_it_says_what_it_saw() throws Exception {
        machine.built("server");
        var old = machine.jdk("17.0.15");

        var outcome = machine.pando("server");

        assertEquals(1, outcome.exitCode());
        assertEquals(
                "pando: no Java 21 or newer found (only Java 17 in " + old + "); install one, 25 is best, and put it on"
                        + " the PATH or name its folder in JAVA_HOME",
                outcome.text());
    }

    @Test
    void what_is_not_built_is_built_first() throws Exception {
        machine.jdk("25.0.3");
        machine.maven();

        var first = machine.pando("server");
        var second = machine.pando("server");

        assertTrue(first.text().contains("mvn -q"), first.text());
        assertTrue(first.text().contains("io.pando.server.cli.Main"), first.text());
        assertFalse(second.text().contains("mvn"), second.text());
    }

    @Test
    void the_simulator_runs_from_the_classes_of_the_tests_which_are_compiled_first() throws Exception {
        machine.jdk("25.0.3");
        machine.maven();

        var first = machine.pando("simulate", "--seeds", "7");
        var second = machine.pando("simulate");

        var target = machine.folder("pando/zab/target");
        var libraries = machine.folder("pando/test/target") + "/lib/*";
        assertTrue(first.text().contains("-pl test -am -DskipTests package"), first.text());
        assertTrue(first.lines().contains(target + "/test-classes:" + target + "/classes:" + libraries), first.text());
        assertTrue(first.text().endsWith("io.pando.zab.sim.SimMain\n--seeds\n7"), first.text());
        assertFalse(second.text().contains("mvn"), second.text());
    }

    @Test
    void the_torture_gets_apaches_client_and_none_of_the_libraries_it_comes_with() throws Exception {
        machine.jdk("25.0.3");
        var target = machine.folder("pando/test/target");
        for (var file : List.of(
                "lib/ours.jar",
                "test-classes/io/pando/test/torture/Main.class",
                "zookeeper-lib/netty-common-4.1.jar",
                "zookeeper-lib/zookeeper-3.9.5.jar")) {
            Files.createDirectories(target.resolve(file).getParent());
            Files.createFile(target.resolve(file));
        }

        var outcome = machine.pando("torture", "--minutes", "1");

        assertTrue(outcome.text().contains(target + "/test-classes:"), outcome.text());
        assertTrue(
                outcome.text().contains(target + "/classes:"),
                "its tests use the benchmarks' classes: " + outcome.text());
        assertTrue(outcome.text().contains(target + "/zookeeper-lib/zookeeper-3.9.5.jar:"), outcome.text());
        assertFalse(outcome.text().contains("netty-common"), outcome.text());
        assertTrue(outcome.text().endsWith("io.pando.test.torture.Main\n--minutes\n1"), outcome.text());
    }

    @Test
    void without_maven_it_says_that_it_is_missing() throws Exception {
        machine.jdk("25.0.3");

        var outcome = machine.pando("shell");

        assertEquals(1, outcome.exitCode());
        assertEquals(
                "pando: the client is not built yet, and Maven is missing: install mvn 3.8 or newer, then try again",
                outcome.text());
    }

    @Test
    void through_symbolic_links_it_finds_itself_and_stays_in_the_callers_directory() throws Exception {
        machine.built("test");
        machine.jdk("25.0.3");
        var link = Files.createSymbolicLink(machine.folder("link"), Path.of("pando/bin/pando"));
        var linkToLink = Files.createSymbolicLink(machine.folder("link-to-link"), link);

        var outcome = machine.run(linkToLink, "bench", "--help");

        assertEquals(
                "java 25.0.3 in " + machine.folder("elsewhere"), outcome.lines().get(0));
        assertTrue(outcome.lines().contains(classPathOf("test")), outcome.text());
        assertTrue(outcome.text().endsWith("io.pando.test.bench.Main\n--help"), outcome.text());
    }

    private String classPathOf(String module) {
        var target = machine.folder("pando/" + module + "/target");
        return target + "/pando-" + module + "-1.0.jar:" + target + "/lib/*";
    }

    @Test
    void heap_and_other_options_come_from_the_environment() throws Exception {
        machine.built("server");
        machine.jdk("25.0.3");
        machine.with("PANDO_HEAP", "300m").with("PANDO_JAVA_OPTS", "-Dstar=*  -XX:+UseZGC");

        var options = machine.pando("server").lines();

        assertTrue(options.containsAll(List.of("-Xms300m", "-Xmx300m", "-Dstar=*", "-XX:+UseZGC")));
    }

    @ParameterizedTest
    @CsvSource({"server, server", "shell, client"})
    void programs_start_with_what_the_jvm_recorded_of_a_rehearsal_where_it_can_read_that(String program, String module)
            throws Exception {
        machine.built(module);
        var cache = machine.folder("pando/" + module + "/target/pando-" + module + ".aot");
        var option = "-XX:AOTCache=" + cache;
        machine.jdk("25.0.3");

        assertFalse(machine.pando(program).lines().contains(option));
        Files.createFile(cache);
        assertTrue(machine.pando(program).lines().contains(option));
        machine.with("JAVA_HOME", machine.jdk("22"));
        assertFalse(machine.pando(program).lines().contains(option));
    }

    @Test
    void a_rehearsal_is_repeated_when_the_server_or_the_launcher_is_newer_than_its_record() throws Exception {
        machine.built("server");
        machine.jdk("25.0.3");
        var jar = machine.folder("pando/server/target/pando-server-1.0.jar");
        var libraries = machine.folder("pando/server/target/lib");
        var launcher = machine.folder("pando/bin/pando");
        var now = Instant.now();

        for (var changed : List.of(jar, libraries, launcher)) {
            var cache = Files.createFile(machine.folder("pando/server/target/pando-server.aot"));
            setTimes(now.minusSeconds(60), jar, libraries, launcher, cache);
            assertEquals("", machine.pando("rehearse", "server").text());
            setTimes(now, changed);
            assertNotEquals("", machine.pando("rehearse", "server").text());
            assertFalse(Files.exists(cache));
        }
    }

    private static void setTimes(Instant time, Path... files) throws IOException {
        for (var file : files) {
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
    }

    @Test
    void netty_is_given_unsafe_on_the_java_that_this_was_tried_with_and_on_no_other() throws Exception {
        machine.built("server");

        for (var java : List.of("21", "25.0.3", "26")) {
            machine.with("JAVA_HOME", machine.jdk(java));
            assertEquals(
                    java.startsWith("25"),
                    machine.pando("server").lines().contains("--sun-misc-unsafe-memory-access=allow"),
                    java);
        }
    }

    @Test
    void what_the_compiler_is_told_of_methods_is_about_methods_that_exist() throws Exception {
        machine.built("server");
        machine.jdk("25.0.3");
        String options = machine.pando("server").text();

        List<MatchResult> named = Pattern.compile("-XX:CompileCommand=(?:dont)?inline,([\\w.]+)::(\\w+)")
                .matcher(options)
                .results()
                .toList();
        assertFalse(named.isEmpty(), options);
        for (MatchResult method : named) {
            assertTrue(
                    Arrays.stream(Class.forName(method.group(1)).getDeclaredMethods())
                            .anyMatch(declared -> declared.getName().equals(method.group(2))),
                    method.group());
        }
    }

    @Test
    void without_a_server_nobody_rehearses_the_shell() throws Exception {
        machine.built("client");
        machine.jdk("25.0.3");

        assertEquals("", machine.pando("rehearse", "client").text());
        machine.built("server");
        assertNotEquals("", machine.pando("rehearse", "client").text());
    }

    @Test
    void a_rehearsal_that_fails_does_not_fail_the_build() throws Exception {
        machine.built("server");
        machine.jdk("25.0.3");

        var outcome = machine.pando("rehearse", "server");

        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.text().contains("the rehearsal of the server failed"), outcome.text());
    }

    @Test
    void a_heap_that_is_no_size_is_refused() throws Exception {
        machine.built("server");
        machine.jdk("25.0.3");

        var outcome = machine.with("PANDO_HEAP", "lots").pando("server");

        assertEquals(2, outcome.exitCode());
        assertEquals("pando: PANDO_HEAP is \"lots\"; it takes a size such as 512m or 4g", outcome.text());
    }

    @Test
    void an_unknown_command_is_refused() throws Exception {
        var outcome = machine.pando("sever");

        assertEquals(2, outcome.exitCode());
        assertEquals("pando: \"sever\" is not a command; \"pando help\" lists them", outcome.text());
    }

    @Test
    void help_needs_no_java() throws Exception {
        assertEquals(0, machine.pando("help").exitCode());
        assertTrue(machine.pando().text().startsWith("Usage: pando COMMAND"));
    }
}
