package io.pando.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.ServerList;
import io.pando.datatree.CreateMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void every_mix_of_kinds_has_a_mode_or_none() {
        assertEquals(CreateMode.PERSISTENT, Commands.modeOf(false, false, false, false));
        assertEquals(CreateMode.EPHEMERAL_SEQUENTIAL, Commands.modeOf(true, true, false, false));
        assertEquals(CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, Commands.modeOf(false, true, false, true));
        assertEquals(CreateMode.CONTAINER, Commands.modeOf(false, false, true, false));
        assertNull(Commands.modeOf(true, false, true, false));
        assertNull(Commands.modeOf(true, false, false, true));
        assertNull(Commands.modeOf(false, true, true, false));
    }

    @Test
    void a_contradiction_is_explained_before_anybody_is_asked() throws IOException {
        assertEquals(ExitCode.USAGE.number(), run("create", "-e", "-c", "/a"));
        assertTrue(err.toString().startsWith("A znode is one of -e, -c and -t"), err::toString);
    }

    @Test
    void a_bad_path_is_named_with_what_is_wrong() throws IOException {
        assertEquals(ExitCode.USAGE.number(), run("get", "a"));
        assertEquals("a: The path has to start with '/', not with 'a'.\n", err.toString());
    }

    @Test
    void unknown_commands_and_missing_parameters_are_mistakes_of_usage() throws IOException {
        assertEquals(ExitCode.USAGE.number(), run("lss"));
        assertEquals("\"lss\" is not a command; \"help\" lists them.\n", err.toString());
        assertEquals(ExitCode.USAGE.number(), run("set", "/a"));
        assertTrue(err.toString().contains("DATA"), err::toString);
    }

    @Test
    void nobody_there_is_told_with_the_address() throws IOException {
        assertEquals(ExitCode.DISCONNECTED.number(), run("ls", "/"));
        assertTrue(err.toString().matches("No server answers \\(127\\.0\\.0\\.1:\\d+: .*\\)\\.\n"), err::toString);
    }

    @Test
    void a_prompt_that_finds_nobody_ends_at_once() throws IOException {
        try (var server = aServerThatIsGone()) {
            var shell = new Shell(server, new PrintWriter(out), new PrintWriter(err));

            assertEquals(3, shell.runLines(new BufferedReader(new StringReader("ls /\n"))));
        }
    }

    @Test
    void help_lists_the_commands() throws IOException {
        assertEquals(0, run("help"));
        for (var command : List.of("ls", "get", "create", "set", "delete", "stat", "quit", "help")) {
            assertTrue(out.toString().contains("  " + command), command);
        }
    }

    @Test
    void the_options_behind_a_command_are_the_commands_own() {
        var parsed = Main.commandLine().parseArgs("--server", "a:1/b", "get", "-s", "/x");

        assertEquals(List.of("get", "-s", "/x"), parsed.matchedPositionalValue(0, List.of()));
        assertEquals("a:1/b", parsed.matchedOptionValue("--server", ""));
    }

    private int run(String... words) throws IOException {
        try (var server = aServerThatIsGone()) {
            return new Shell(server, new PrintWriter(out), new PrintWriter(err)).run(List.of(words));
        }
    }

    /** Its port was free a moment ago. */
    private static Connector aServerThatIsGone() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Connector(ServerList.parse("127.0.0.1:" + socket.getLocalPort()), 10_000);
        }
    }
}
