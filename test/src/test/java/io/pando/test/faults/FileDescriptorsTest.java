package io.pando.test.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pando.test.harness.Await;
import io.pando.test.harness.Body;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.ServerProcess;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server whose operator lets it have too few file descriptors for all who come. */
class FileDescriptorsTest {
    private static final int LEFT = 20;
    private static final int SESSION_TIMEOUT_MS = 20_000;
    private static final Path LIMIT = Path.of("/usr/bin/prlimit");

    @Test
    void who_is_there_is_served_without_any_left_and_who_waits_is_let_in_when_there_are_some() throws Exception {
        assumeTrue(Files.isExecutable(LIMIT), "Limits can't be set here");
        assumeTrue(Target.current() == Target.PANDO, "What Pando says is waited for");
        try (var server = ServerProcess.start(Target.current(), Map.of());
                var first = RawClient.connect(server.port(), SESSION_TIMEOUT_MS)) {
            limitTo(openFiles(server) + LEFT, server);

            List<RawClient> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < 2 * LEFT; i++) {
                    crowd.add(RawClient.open(server.port()));
                }
                Await.until(
                        "the server to say that it has none left",
                        () -> server.output().contains("Can't accept clients"));
                assertEquals(0, first.call(Op.EXISTS, Body.read("/", false)).error());
            } finally {
                crowd.forEach(RawClient::close);
            }

            try (var later = RawClient.connect(server.port(), SESSION_TIMEOUT_MS)) {
                assertEquals(0, later.call(Op.EXISTS, Body.read("/", false)).error());
            }
        }
    }

    private static int openFiles(ServerProcess server) throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return (int) files.count();
        }
    }

    private static void limitTo(int files, ServerProcess server) throws Exception {
        var limit = new ProcessBuilder(LIMIT.toString(), "--pid=" + server.pid(), "--nofile=" + files + ":")
                .inheritIO()
                .start();
        assertEquals(0, limit.waitFor());
    }
}
