package io.pando.test.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.server.PandoServer;
import io.pando.server.config.ConfigLoader;
import io.pando.server.config.Sources;
import io.pando.test.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a person has it: in a terminal. */
@Timeout(180)
class PromptTest {
    private static final String TAB = "\t";
    private static final String UP = "\u001bOA";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    @TempDir
    private Path dir;

    @SuppressWarnings("NullAway.Init") // start() comes first
    private PandoServer server;

    @BeforeEach
    void start() throws Exception {
        server = PandoServer.start(ConfigLoader.load(Sources.of("clientPort=0", "dataDir=" + dir.resolve("data")))
                .config());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void a_person_types_completes_answers_questions_and_leaves() throws Exception {
        try (var terminal = terminal()) {
            terminal.await("\"quit\" ends.");
            terminal.await(prompt());

            terminal.type("create /terminal hello\r");
            terminal.await("Created /terminal");
            terminal.await(prompt());

            terminal.type("get /ter" + TAB + "\r");
            terminal.await("hello");
            terminal.await(prompt());

            terminal.type("set /terminal 'two\r");
            terminal.await("> ");
            terminal.type("lines'\r");
            terminal.await(prompt());
            terminal.type("get /terminal\r");
            terminal.await("two\nlines");
            terminal.await(prompt());

            terminal.type("deleteall /terminal\r");
            terminal.await("Go on? [y/N]");
            terminal.type("n\r");
            terminal.await("Nothing was done.");
            terminal.await(prompt());
            terminal.type(UP + "\r");
            terminal.await("Go on? [y/N]");
            terminal.type("y\r");
            terminal.await("Deleted 1 znode.");
            terminal.await(prompt());

            terminal.type(CTRL_D);
            assertEquals(0, terminal.awaitEnd());
        }
    }

    @Test
    void passwords_stay_out_of_the_history() throws Exception {
        try (var terminal = terminal()) {
            terminal.await(prompt());
            terminal.type("addauth digest me:secret\r");
            terminal.await(prompt());
            terminal.type("whoami\r");
            terminal.await("digest: me");
            terminal.await(prompt());
            terminal.type("quit\r");
            assertEquals(0, terminal.awaitEnd());
        }
        var history = Files.readString(dir.resolve(".pando_history"));
        assertTrue(history.contains("whoami"), history);
        assertFalse(history.contains("secret"), history);
    }

    @Test
    void ctrl_c_ends_the_command_and_not_the_shell() throws Exception {
        try (var terminal = terminal()) {
            terminal.await(prompt());
            terminal.type("follow /\r");
            terminal.await("= in sync");
            terminal.type(CTRL_C);
            terminal.await(prompt());
            terminal.type("quit\r");
            assertEquals(0, terminal.awaitEnd());
        }
    }

    private String prompt() {
        return "[127.0.0.1:" + server.clientPort() + "] ";
    }

    private Terminal terminal() throws Exception {
        return Terminal.of(
                Program.shell(
                        List.of("-Duser.home=" + dir),
                        List.of("--wait", "--server", "127.0.0.1:" + server.clientPort())),
                dir);
    }
}
