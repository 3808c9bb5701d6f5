package io.pando.test.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleCommandTest {
    @TempDir
    Path home;

    @Test
    void what_was_stopped_goes_on_with_the_same_ports_and_data() throws Exception {
        String connectString;
        try (EnsembleRun first = EnsembleRun.start(home, "--servers", "1")) {
            connectString = first.connectString();
            first.awaitWord("Server 1 serves alone\\.");

            assertEquals(0, first.interrupt(), first.said());
            assertTrue(first.said().contains("All servers have stopped."), first.said());
            assertTrue(first.servers().stream().noneMatch(ProcessHandle::isAlive), first.said());
        }
        try (EnsembleRun second = EnsembleRun.start(home)) {
            assertEquals(connectString, second.connectString());
            second.awaitWord("Server 1 serves alone\\.");

            assertEquals(0, second.terminate(), second.said());
            assertTrue(second.servers().stream().noneMatch(ProcessHandle::isAlive), second.said());
        }
    }

    @Test
    void of_three_servers_another_leads_when_the_leader_is_killed() throws Exception {
        try (EnsembleRun run = EnsembleRun.start(home, "--servers", "3")) {
            String first = run.awaitWord("Server \\d leads, \\d and \\d follow\\.");
            int leader = first.charAt("Server ".length()) - '0';

            run.servers().get(leader - 1).destroyForcibly();

            run.awaitWord("Server " + leader + " was killed by signal 9");
            run.awaitWord("Server [^" + leader + "] leads, \\d follows, " + leader + " does not answer\\.");
            assertEquals(0, run.terminate(), run.said());
            assertTrue(run.servers().stream().noneMatch(ProcessHandle::isAlive), run.said());
        }
    }

    @Test
    void a_server_that_ends_by_itself_is_told_with_the_reason() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                EnsembleRun run =
                        EnsembleRun.start(home, "--servers", "1", "--client-port", "" + taken.getLocalPort())) {
            run.awaitWord("Server 1 ended with exit code 4: .*" + taken.getLocalPort());

            assertEquals(5, run.exitCode(), run.said());
        }
    }

    @Test
    void a_server_that_is_killed_is_told_with_the_signal() throws Exception {
        try (EnsembleRun run = EnsembleRun.start(home, "--servers", "1")) {
            run.awaitWord("Server 1 serves alone\\.");

            run.servers().forEach(ProcessHandle::destroyForcibly);

            run.awaitWord("Server 1 was killed by signal 9");
            assertEquals(5, run.exitCode(), run.said());
        }
    }

    @Test
    void another_ensemble_than_the_one_that_is_there_is_refused() throws Exception {
        try (EnsembleRun first = EnsembleRun.start(home, "--servers", "1")) {
            first.connectString();
            first.terminate();
        }
        try (EnsembleRun second = EnsembleRun.start(home, "--servers", "2")) {
            assertEquals(1, second.exitCode());
            assertTrue(second.said().contains("holds an ensemble of 1 server, not of 2."), second.said());
        }
    }
}
