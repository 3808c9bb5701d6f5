package io.pando.server;

import static io.pando.server.Requests.existsAndWatch;
import static io.pando.server.Requests.getData;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.ErrorCode;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.Reply;
import io.pando.session.SessionRequest;
import io.pando.session.WriteRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One server of three that is left alone, with read-only mode. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutOffTest {
    private static final int LEFT = 0;

    @SuppressWarnings("NullAway.Init")
    private Trio servers;

    @SuppressWarnings("NullAway.Init")
    private ConnectResponse sessionFromBefore;

    @BeforeAll
    void leaveOneAlone(@TempDir Path directory) throws Exception {
        servers = new Trio(directory, "readonlymode.enabled=true");
        try (var client = SocketClient.open(servers.clientPort(LEFT))) {
            sessionFromBefore = client.attach(SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS));
            client.ask(newZnode("/a"));
            while (!servers.ask(LEFT, "isro").equals("rw")) {
                Thread.onSpinWait();
            }
            servers.stop(1);
            servers.stop(2);
            assertTrue(client.isClosedByServer());
        }
        while (!servers.ask(LEFT, "isro").equals("ro")) {
            Thread.onSpinWait();
        }
    }

    @AfterAll
    void stop() {
        servers.close();
    }

    @Test
    void reads_and_watches_are_answered_and_what_would_change_or_confirm_anything_is_refused() throws Exception {
        try (var client = SocketClient.open(servers.clientPort(LEFT))) {
            ConnectResponse given = client.attach(readOnly(0, new byte[16]));
            assertTrue(given.readOnly());

            client.send(
                    getData("/a"),
                    existsAndWatch("/b"),
                    setData("/a", "new"),
                    newZnode("/b"),
                    new WriteRequest.Multi(List.of()),
                    new SessionRequest.Sync("/a"),
                    getData("/a"));

            assertEquals(0, client.receive().as(Reply.DataAndStat.class).stat().version());
            assertEquals(ErrorCode.NO_NODE.code(), client.receive().header().err());
            for (int refused = 0; refused < 4; refused++) {
                assertEquals(
                        ErrorCode.NOT_READ_ONLY.code(),
                        client.receive().header().err());
            }
            assertEquals(0, client.receive().header().err());
        }
    }

    @Test
    void the_end_of_a_session_is_confirmed() throws Exception {
        try (var client = SocketClient.open(servers.clientPort(LEFT))) {
            client.attach(readOnly(0, new byte[16]));

            assertEquals(0, client.ask(new WriteRequest.CloseSession()).header().err());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void who_wants_to_write_and_who_has_a_session_of_the_ensemble_are_sent_away() throws Exception {
        for (ConnectRequest request : List.of(
                SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS),
                readOnly(sessionFromBefore.sessionId(), sessionFromBefore.password()))) {
            try (var client = SocketClient.open(servers.clientPort(LEFT))) {
                client.send(request::writeFrame);
                assertTrue(client.isClosedByServer());
            }
        }
    }

    @Test
    void srvr_says_that_it_only_reads() throws Exception {
        assertTrue(servers.ask(LEFT, "srvr").contains("\nMode: read-only\n"));
    }

    private static ConnectRequest readOnly(long sessionId, byte @Nullable [] password) {
        return new ConnectRequest(0, 0, SocketClient.LONG_TIMEOUT_MS, sessionId, password, true, true);
    }
}
