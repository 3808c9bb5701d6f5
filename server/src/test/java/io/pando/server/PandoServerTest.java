package io.pando.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.server.config.ConfigLoader;
import io.pando.server.config.ServerConfig;
import io.pando.server.config.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PandoServerTest {
    @TempDir
    private Path dir;

    @Test
    void two_servers_live_in_one_jvm_but_not_on_one_directory() throws Exception {
        var first = PandoServer.start(config("a"));
        try {
            var second = PandoServer.start(config("b"));
            second.stop();
            var refused = assertThrows(StartException.class, () -> PandoServer.start(config("a")));

            assertEquals(StartException.Reason.DATA_IN_USE, refused.reason());
        } finally {
            first.stop();
        }
    }

    @Test
    void a_port_that_is_taken_is_named_and_the_directory_is_free_again() throws Exception {
        var first = PandoServer.start(config("a"));
        try {
            var port = "clientPort=" + first.clientPort();
            var refused = assertThrows(StartException.class, () -> PandoServer.start(config("b", port)));

            assertEquals(StartException.Reason.PORT_UNAVAILABLE, refused.reason());
            assertTrue(refused.toString().contains(":" + first.clientPort()), refused::toString);
            PandoServer.start(config("b")).stop();
        } finally {
            first.stop();
        }
    }

    @Test
    void a_directory_that_is_not_there_is_not_made_against_the_operators_will() {
        var refused =
                assertThrows(StartException.class, () -> PandoServer.start(config("none", "datadir.autocreate=false")));

        assertEquals(StartException.Reason.STORAGE_UNUSABLE, refused.reason());
        assertTrue(refused.toString().contains(dir.resolve("none").toString()), refused::toString);
        assertFalse(Files.exists(dir.resolve("none")));
    }

    private ServerConfig config(String directory, String... settings) throws Exception {
        var all = new ArrayList<>(List.of("clientPort=0", "preAllocSize=1024", "dataDir=" + dir.resolve(directory)));
        all.addAll(List.of(settings));
        return ConfigLoader.load(Sources.of(all.toArray(String[]::new))).config();
    }
}
