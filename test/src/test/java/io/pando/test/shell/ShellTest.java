package io.pando.test.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.server.PandoServer;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.Sources;
import io.pando.test.harness.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ShellTest {
    @TempDir
    private Path dir;

    @SuppressWarnings("NullAway.Init") // start() comes first
    private PandoServer server;

    /** What a shell printed and returned. */
    private record Run(int exitCode, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        server = PandoServer.start(
                ConfigLoader.load(Sources.of("clientPort=0", "enforceQuota=true", "dataDir=" + dir.resolve("data")))
                        .config());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void one_command_prints_its_result_and_ends_with_a_code() throws Exception {
        assertEquals(new Run(0, "Created /app\n", ""), shell("", "create", "/app", "hello"));
        assertEquals(new Run(0, "hello\n", ""), shell("", "get", "/app"));
        assertEquals(new Run(1, "", "/app exists already.\n"), shell("", "create", "/app"));
        assertEquals(
                new Run(1, "", "/none does not exist; create it before /none/x.\n"), shell("", "create", "/none/x"));
        assertEquals(2, shell("", "get", "app").exitCode());
    }

    @Test
    void a_prompt_takes_commands_until_quit_and_keeps_its_session() throws Exception {
        var run = shell("""
            create -e /here "I am here"
            get /here
            create -s /n- x
            set -v 7 /here no
            set /here 'still here'
            get /here
            ls -R /
            delete /here
            ls /
            quit
            never reached
            """);

        assertEquals(1, run.exitCode(), "the code of what failed last");
        var answers = run.out().lines().skip(1).toList();
        assertEquals(
                List.of(
                        "Created /here",
                        "I am here",
                        "Created /n-0000000001",
                        "still here",
                        "/",
                        "/here",
                        "/n-0000000001",
                        "/zookeeper",
                        "/zookeeper/config",
                        "/zookeeper/quota",
                        "n-0000000001",
                        "zookeeper"),
                answers);
        assertEquals("/here has another version by now; see it with stat.\n", run.err());
    }

    @Test
    void a_subtree_is_exported_changed_and_imported_again() throws Exception {
        var file = dir.resolve("app.json").toString();
        shell("""
            create /app top
            create /app/a one
            create -c /app/box
            create -e /app/gone
            set -b /app AAE=
            set /app/a 1
            """);
        shell("", "setAcl", "/app/a", "world:anyone:cdra");

        assertEquals(0, shell("", "export", "/app", file).exitCode());
        assertEquals(
                new Run(
                        2,
                        "",
                        "This deletes /app and 2 znodes below it. Nothing was done; say --yes if that is meant.\n"),
                shell("", "deleteall", "/app"));
        assertEquals(new Run(0, "Deleted 3 znodes.\n", ""), shell("", "deleteall", "--yes", "/app"));
        assertEquals(
                new Run(0, "Created 3, changed 0, passed over 0 ephemeral.\n", ""), shell("", "import", "/app", file));

        assertEquals(new Run(0, "AAE=\n", ""), shell("", "get", "-b", "/app"));
        assertEquals(new Run(0, "world:anyone:cdra\n", ""), shell("", "getAcl", "/app/a"));
        assertEquals(new Run(0, "/app  (2 bytes)\n├── a  1\n└── box\n", ""), shell("", "tree", "/app"));
        assertEquals(1, shell("", "import", "/app", file).exitCode(), "what is there is not overwritten");
        assertEquals(
                2,
                shell("", "import", "/app", dir.resolve("none.json").toString()).exitCode());
    }

    @Test
    void programs_get_json_and_codes_that_they_can_trust() throws Exception {
        shell("", "create", "/app", "hello");

        assertEquals(new Run(0, "[\"app\",\"zookeeper\"]\n", ""), shell("", "ls", "--json", "/"));
        assertTrue(shell("", "get", "--json", "/app")
                .out()
                .startsWith("{\"path\":\"/app\",\"data\":\"hello\",\"stat\":{"));
        assertEquals(
                new Run(1, "", "{\"error\":\"/none does not exist.\",\"code\":\"NO_NODE\",\"path\":\"/none\"}\n"),
                shell("", "get", "--json", "/none"));
        assertEquals(new Run(0, "/app: hello\n", ""), shell("", "grep", "h.l", "/"));
        assertEquals(new Run(1, "", ""), shell("", "grep", "nothing like this", "/app"));
        assertEquals(new Run(0, "/app\n", ""), shell("", "find", "--name", "a*", "--leaf"));
        assertEquals(new Run(0, "+ /app  v0  hello\n", ""), shell("", "follow", "-n", "1", "/app"));
    }

    @Test
    void a_watch_tells_of_a_change_made_in_the_same_shell() throws Exception {
        var run = shell("""
            create /w
            get -w /w
            addWatch -m PERSISTENT /w
            set /w 1
            set /w 2
            removewatches -a /w
            get /w
            quit
            """);

        assertEquals(0, run.exitCode(), run::err);
        long told = run.out()
                .lines()
                .filter(line -> line.startsWith("WATCHER:: NodeDataChanged /w"))
                .count();
        assertEquals(3, told, run::out);
    }

    @Test
    void quotas_are_set_shown_and_taken_away() throws Exception {
        shell("", "create", "/q", "1");

        assertEquals(new Run(0, "", ""), shell("", "setquota", "-N", "2", "/q"));
        assertEquals(0, shell("", "create", "/q/a").exitCode());
        assertEquals(
                new Run(1, "", "/q/b is under a quota that this would exceed; see listquota.\n"),
                shell("", "create", "/q/b"));
        assertTrue(shell("", "listquota", "/q").out().contains("countHardLimit=2"));
        assertEquals(2, shell("", "setquota", "-n", "5", "/q/a").exitCode(), "nested");
        assertEquals(0, shell("", "delquota", "/q").exitCode());
        assertEquals(0, shell("", "create", "/q/b").exitCode());
    }

    @Test
    void what_a_shell_made_ephemeral_goes_with_it_at_once() throws Exception {
        assertEquals(0, shell("", "create", "-e", "/here").exitCode());

        assertEquals(new Run(1, "", "/here does not exist.\n"), shell("", "stat", "/here"));
    }

    @Test
    void below_a_chroot_paths_begin_there() throws Exception {
        shell("", "create", "/app", "x");
        var address = "127.0.0.1:" + server.clientPort() + "/app";

        assertEquals(new Run(0, "Created /in\n", ""), run("", "--wait", "--server", address, "create", "/in", "y"));
        assertEquals(new Run(0, "/\n/in\n", ""), run("", "--wait", "--server", address, "ls", "-R"));
        assertEquals(new Run(0, "in\n", ""), shell("", "ls", "/app"));
    }

    @Test
    void without_a_server_it_says_where_it_looked() throws Exception {
        server.stop();

        var run = run("", "--server", "127.0.0.1:" + server.clientPort(), "ls");

        assertEquals(3, run.exitCode());
        assertTrue(run.err().startsWith("No server answers at 127.0.0.1:" + server.clientPort() + ": "), run::err);
    }

    private Run shell(String typed, String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("--wait", "--server", "127.0.0.1:" + server.clientPort()));
        all.addAll(List.of(arguments));
        return run(typed, all.toArray(String[]::new));
    }

    private Run run(String typed, String... arguments) throws IOException, InterruptedException {
        var in = Files.writeString(dir.resolve("in.txt"), typed);
        var out = dir.resolve("out.txt");
        var err = dir.resolve("err.txt");
        var builder = Program.shell(List.of(), List.of(arguments))
                .builder()
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        var process = builder.start();
        try {
            return new Run(process.waitFor(), text(out), text(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
