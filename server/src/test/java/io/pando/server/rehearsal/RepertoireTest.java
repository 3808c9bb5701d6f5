package io.pando.server.rehearsal;

import io.pando.server.AServer;
import io.pando.server.PandoServer;
import io.pando.session.WriteRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The build goes on without a rehearsal that fails, so somebody else has to notice. */
@Timeout(60)
class RepertoireTest {
    @TempDir
    private Path dir;

    @Test
    void everything_is_answered_and_an_empty_folder_is_left() throws Exception {
        PandoServer server = AServer.in(dir, "longMultiPartsPerSecond=0");
        try (var client = new RehearsalClient(server.address())) {
            new Repertoire(client, "/played").play();

            // What is not empty can't be deleted: the client would tell of the error.
            client.ask(1, i -> new WriteRequest.Delete("/played", -1));
        } finally {
            server.stop();
        }
    }
}
