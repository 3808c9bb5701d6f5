package io.pando.client.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.client.ServerList;
import io.pando.datatree.CreateMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say before any server has a say. */
class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void every_mix_of_kinds_has_a_mode_or_none() {
        assertEquals(CreateMode.PERSISTENT, WriteCommands.modeOf(false, false, false, false));
        assertEquals(CreateMode.EPHEMERAL_SEQUENTIAL, WriteCommands.modeOf(true, true, false, false));
        assertEquals(CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, WriteCommands.modeOf(false, true, false, true));
        assertEquals(CreateMode.CONTAINER, WriteCommands.modeOf(false, false, true, false));
        assertNull(WriteCommands.modeOf(true, false, true, false));
        assertNull(WriteCommands.modeOf(true, false, false, true));
        assertNull(WriteCommands.modeOf(false, true, true, false));
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
        assertTrue(err.toString().startsWith("No server answers at 127.0.0.1:"), err::toString);
    }

    @Test
    void help_knows_every_command_of_zookeepers_shell_and_ours() throws IOException {
        run("help");

        for (String command : List.of(
                "addWatch",
                "addauth",
                "close",
                "config",
                "connect",
                "create",
                "delete",
                "deleteall",
                "delquota",
                "get",
                "getAcl",
                "getAllChildrenNumber",
                "getEphemerals",
                "history",
                "listquota",
                "ls",
                "printwatches",
                "quit",
                "reconfig",
                "redo",
                "removewatches",
                "set",
                "setAcl",
                "setquota",
                "stat",
                "sync",
                "version",
                "whoami",
                "tree",
                "follow",
                "export",
                "import",
                "find",
                "grep",
                "top")) {
            assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("  " + command + " ")), command);
        }
    }

    @Test
    void what_was_typed_can_be_run_again_but_no_password_is_kept() {
        var past = new Past();
        past.add("ls /");
        past.add(" addauth digest me:secret");
        past.again(0);

        assertEquals(List.of("ls /"), past.lines());
        assertEquals("ls /", past.takeAgain());
        assertNull(past.takeAgain());
        assertFalse(past.hasEnded());
    }

    @Test
    void a_file_with_a_kind_that_makes_no_sense_is_refused_before_anything_is_asked_of_a_server(@TempDir Path directory)
            throws IOException {
        for (String kind : List.of(
                "'kind': 'ttl'",
                "'kind': 'ttl', 'ttlMs': -1",
                "'kind': 'ttl', 'ttlMs': 1099511627776",
                "'kind': 'temporary'")) {
            Path file = directory.resolve("tree.json");
            Files.writeString(file, ("{'children': {'a': {'data': 'x', " + kind + "}}}").replace('\'', '"'));

            assertEquals(ExitCode.USAGE.number(), run("import", "/app", file.toString()), kind);
            assertTrue(err.toString().contains(" of /app/a is "), err::toString);
            err.getBuffer().setLength(0);
        }
    }

    private int run(String... words) throws IOException {
        var servers = ServerList.parse("127.0.0.1:" + unusedPort());
        var printer = new Printer(new PrintWriter(out), new PrintWriter(err), false);
        try (var link = new Link(servers, builder -> builder, null, Duration.ofMillis(200))) {
            var shell =
                    new Shell(link, printer, new Consent(question -> "", false), new CommandGroup.Wishes(false, false));
            return shell.run(List.of(words));
        }
    }

    /** Nobody listens there, or not any more. */
    private static int unusedPort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
