package io.pando.test.faults;

import static io.pando.test.harness.ServerProcess.PRLIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.Body;
import io.pando.test.harness.Op;
import io.pando.test.harness.Program;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that the system lets have fewer files open than there are clients. */
class FileDescriptorsTest {
    private static final int FILES = 300;
    private static final int LEFT = 20;
    private static final int SESSION_TIMEOUT_MS = 20_000;
    private static final int DATA_BYTES = 100_000;
    private static final int MEBIBYTES_OF_LOG = 5;

    @BeforeEach
    void only_where_it_can_be_tried() {
        assumeTrue(Files.isExecutable(PRLIMIT), "Limits can't be set here");
        assumeTrue(Target.current() == Target.PANDO, "Apache ZooKeeper ends when it can't open its next log");
        assumeTrue(Program.isInstalled(), "A server can't load a class from a folder when it has no descriptor left");
    }

    /** A server that could not open its next segment would stop. */
    @Test
    void clients_leave_it_those_that_it_needs_for_its_log() throws Exception {
        try (var server = ServerProcess.startWithFiles(FILES, Target.current(), Map.of("preAllocSize", "1024"));
                var first = RawClient.connect(server.port(), SESSION_TIMEOUT_MS)) {
            List<RawClient> crowd = crowdAt(server, FILES);
            try {
                Await.until(
                        "the server to have none left for clients",
                        () -> server.output().contains(": refusing "));
                first.call(Op.CREATE, Body.create("/log", new byte[0], 0));
                for (int written = 0; written < MEBIBYTES_OF_LOG << 20; written += DATA_BYTES) {
                    var reply = first.call(Op.SET_DATA, Body.setData("/log", new byte[DATA_BYTES], -1));
                    assertEquals(0, reply.error());
                }
                assertTrue(crowd.getLast().isClosedByServer(), "who can't be served had better try another server");
            } finally {
                crowd.forEach(RawClient::close);
            }
            assertServesNewcomers(server);
        }
    }

    @Test
    void who_is_there_is_served_without_any_left_and_who_waits_is_let_in_when_there_are_some() throws Exception {
        try (var server = ServerProcess.start(Target.current(), Map.of());
                var first = RawClient.connect(server.port(), SESSION_TIMEOUT_MS)) {
            limitTo(openFiles(server) + LEFT, server);

            List<RawClient> crowd = crowdAt(server, 2 * LEFT);
            try {
                Await.until(
                        "the server to say that it has none left",
                        () -> server.output().contains("Can't accept clients"));
                assertEquals(0, first.call(Op.EXISTS, Body.read("/", false)).error());
            } finally {
                crowd.forEach(RawClient::close);
            }
            assertServesNewcomers(server);
        }
    }

    private static List<RawClient> crowdAt(ServerProcess server, int clients) throws IOException {
        List<RawClient> crowd = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            crowd.add(RawClient.open(server.port()));
        }
        return crowd;
    }

    /** The server may still be busy with saying goodbye to the crowd. */
    private static void assertServesNewcomers(ServerProcess server) {
        Await.until("a newcomer to be served", () -> {
            try (var later = RawClient.connect(server.port(), SESSION_TIMEOUT_MS)) {
                return later.call(Op.EXISTS, Body.read("/", false)).error() == 0;
            } catch (IOException refused) {
                return false;
            }
        });
    }

    private static int openFiles(ServerProcess server) throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return (int) files.count();
        }
    }

    private static void limitTo(int files, ServerProcess server) throws Exception {
        var limit = new ProcessBuilder(PRLIMIT.toString(), "--pid=" + server.pid(), "--nofile=" + files + ":")
                .inheritIO()
                .start();
        assertEquals(0, limit.waitFor());
    }
}
