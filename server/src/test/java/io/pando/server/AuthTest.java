package io.pando.server;

import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.getData;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.datatree.Acl;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.datatree.Perms;
import io.pando.session.ClientInfo;
import io.pando.session.OpCode;
import io.pando.session.Reply;
import io.pando.session.SessionRequest;
import io.pando.session.WriteRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a client proves to be, on its connection: {@code wire-protocol.md} section 7. */
class AuthTest {
    @SuppressWarnings("NullAway.Init")
    private PandoServer server;

    @SuppressWarnings("NullAway.Init")
    private SocketClient client;

    @BeforeEach
    void startServer(@TempDir Path directory) throws Exception {
        server = AServer.in(directory);
        client = SocketClient.connect(server.clientPort());
        try (var owner = SocketClient.connect(server.clientPort())) {
            owner.ask(proof("ann:secret"));
            owner.ask(WriteRequest.Create.of(
                    OpCode.CREATE, "/anns", new byte[0], List.of(new Acl(Perms.ALL, new Id("auth", ""))), 0));
        }
    }

    @AfterEach
    void stopServer() {
        client.close();
        server.stop();
    }

    private static SessionRequest.Auth proof(String userAndPassword) {
        return new SessionRequest.Auth(0, "digest", userAndPassword.getBytes(UTF_8));
    }

    @Test
    void a_proof_counts_for_the_requests_behind_it_and_for_none_before() throws Exception {
        client.send(getData("/anns"), proof("ann:secret"), getData("/anns"));

        assertEquals(ErrorCode.NO_AUTH.code(), client.receive().header().err());
        assertEquals(0, client.receive().header().err());
        assertEquals(0, client.receive().header().err());
    }

    @Test
    void a_wrong_password_proves_to_be_somebody_else() throws Exception {
        client.ask(proof("ann:guessed"));

        assertEquals(
                ErrorCode.NO_AUTH.code(), client.ask(getData("/anns")).header().err());
    }

    @Test
    void proofs_add_up() throws Exception {
        client.ask(proof("bob:other"));
        client.ask(proof("ann:secret"));

        assertEquals(0, client.ask(getData("/anns")).header().err());
        assertEquals(
                List.of("127.0.0.1", "bob", "ann"),
                client.ask(new SessionRequest.WhoAmI()).as(Reply.Identities.class).identities().stream()
                        .map(ClientInfo::user)
                        .toList());
    }

    @Test
    void a_scheme_that_nobody_knows_is_refused_and_hung_up_on() throws Exception {
        var refused = client.ask(new SessionRequest.Auth(0, "unheard-of", new byte[0]));

        assertEquals(ErrorCode.AUTH_FAILED.code(), refused.header().err());
        assertTrue(client.isClosedByServer());
    }

    @Test
    void a_proof_belongs_to_the_connection_and_not_to_the_session() throws Exception {
        try (var before = SocketClient.open(server.clientPort());
                var after = SocketClient.open(server.clientPort())) {
            var session = before.attach(SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS));
            before.ask(proof("ann:secret"));

            after.attach(SocketClient.again(session));

            assertEquals(0, after.ask(exists("/")).header().err());
            assertEquals(
                    ErrorCode.NO_AUTH.code(),
                    after.ask(getData("/anns")).header().err());
        }
    }
}
