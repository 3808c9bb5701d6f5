package io.pando.server;

import static io.pando.server.Requests.EPHEMERAL;
import static io.pando.server.Requests.SEQUENTIAL;
import static io.pando.server.Requests.delete;
import static io.pando.server.Requests.exists;
import static io.pando.server.Requests.getData;
import static io.pando.server.Requests.newZnode;
import static io.pando.server.Requests.setData;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pando.datatree.ErrorCode;
import io.pando.server.ensemble.FreePorts;
import io.pando.session.ConnectResponse;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.wire.MarshallingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A server's life from its start to its end, and what the next one finds. */
class StartTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"snapCount=100000", "snapCount=3"})
    void a_restart_keeps_everything(String snapshots) throws Exception {
        ConnectResponse session;
        Reply before;
        long zxid;
        PandoServer first = AServer.in(directory, "forceSync=yes", snapshots);
        try (var client = SocketClient.open(first.clientPort())) {
            session = client.attach(SocketClient.newSession(SocketClient.LONG_TIMEOUT_MS));
            client.ask(newZnode("/kept"));
            client.ask(setData("/kept", "data"));
            client.ask(newZnode("/kept/n", SEQUENTIAL));
            client.ask(delete("/kept/n0000000000"));
            client.ask(newZnode("/ephemeral", EPHEMERAL));
            client.ask(newZnode("/gone"));
            zxid = client.ask(delete("/gone")).header().zxid();
            before = client.ask(getData("/kept")).as(Reply.DataAndStat.class);
        }
        first.stop();

        PandoServer second = AServer.in(directory, snapshots);
        try (var client = SocketClient.open(second.clientPort())) {
            var again = client.attach(SocketClient.again(session));

            assertEquals(session.sessionId(), again.sessionId());
            assertSame((Reply.DataAndStat) before, client.ask(getData("/kept")).as(Reply.DataAndStat.class));
            assertEquals(
                    ErrorCode.NO_NODE.code(),
                    client.ask(exists("/gone")).header().err());
            assertEquals(
                    List.of("/ephemeral"),
                    List.copyOf(client.ask(new ReadRequest.GetEphemerals(""))
                            .as(Reply.Names.class)
                            .names()));
            var next = client.ask(newZnode("/kept/n", SEQUENTIAL));
            assertEquals("/kept/n0000000001", next.as(Reply.Path.class).path());
            assertTrue(next.header().zxid() > zxid);
        } finally {
            second.stop();
        }
    }

    private static void assertSame(Reply.DataAndStat expected, Reply.DataAndStat actual) {
        assertEquals(expected.stat(), actual.stat());
        assertArrayEquals(expected.data(), actual.data());
    }

    @Test
    void a_stop_in_the_middle_of_work_is_no_failure_and_keeps_what_was_answered() throws Exception {
        PandoServer first = AServer.in(directory, "forceSync=yes");
        var log = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("io.pando");
        log.start();
        logger.addAppender(log);
        var answered = new CompletableFuture<Void>();
        var working = CompletableFuture.supplyAsync(() -> createUntilTheEnd(first.clientPort(), answered));
        answered.join();
        first.stop();
        first.awaitStop();
        String last = working.join();
        logger.detachAppender(log);

        assertTrue(log.list.stream().noneMatch(line -> line.getLevel() == Level.ERROR), log.list.toString());

        PandoServer second = AServer.in(directory);
        try (var client = SocketClient.connect(second.clientPort())) {
            assertEquals(0, client.ask(exists(last)).header().err(), last);
        } finally {
            second.stop();
        }
    }

    /** The path of the last create that was answered. */
    private static String createUntilTheEnd(int port, CompletableFuture<Void> answered) {
        String last = "/";
        try (var client = SocketClient.connect(port)) {
            for (int i = 0; ; i++) {
                client.send(newZnode("/a" + i), newZnode("/b" + i), newZnode("/c" + i));
                last = client.receive().as(Reply.Path.class).path();
                last = client.receive().as(Reply.Path.class).path();
                last = client.receive().as(Reply.Path.class).path();
                if (i == 50) {
                    answered.complete(null);
                }
            }
        } catch (IOException e) {
            return last;
        } catch (MarshallingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void two_servers_live_in_one_process_and_know_nothing_of_one_another() throws Exception {
        PandoServer one = AServer.in(directory.resolve("one"));
        PandoServer two = AServer.in(directory.resolve("two"));
        try (var atOne = SocketClient.connect(one.clientPort());
                var atTwo = SocketClient.connect(two.clientPort())) {
            assertNotEquals(one.clientPort(), two.clientPort());

            atOne.ask(newZnode("/only-at-one"));

            assertEquals(
                    ErrorCode.NO_NODE.code(),
                    atTwo.ask(exists("/only-at-one")).header().err());
            one.stop();
            assertEquals(0, atTwo.ask(newZnode("/two-goes-on")).header().err());
        } finally {
            one.stop();
            two.stop();
        }
    }

    @Test
    void a_directory_that_another_server_works_on_is_left_alone() throws Exception {
        PandoServer running = AServer.in(directory);
        try (var client = SocketClient.connect(running.clientPort())) {
            var refused = assertThrows(StartException.class, () -> AServer.in(directory));

            assertEquals(StartException.Reason.DATA_IN_USE, refused.reason());
            assertEquals(0, client.ask(newZnode("/undisturbed")).header().err());
        } finally {
            running.stop();
        }
    }

    @Test
    void a_port_that_is_taken_is_named_and_the_directory_is_free_again() throws Exception {
        PandoServer running = AServer.in(directory.resolve("running"));
        Path other = directory.resolve("other");
        try {
            String port = "clientPort=" + running.clientPort();

            var refused = assertThrows(StartException.class, () -> AServer.in(other, port));

            assertEquals(StartException.Reason.PORT_UNAVAILABLE, refused.reason());
            assertTrue(String.valueOf(refused.getMessage()).contains(":" + running.clientPort()));
            AServer.in(other).stop();
        } finally {
            running.stop();
        }
    }

    @Test
    void a_place_that_is_no_directory_is_no_storage() throws Exception {
        Path file = Files.createFile(directory.resolve("a-file"));

        var refused = assertThrows(StartException.class, () -> AServer.in(file));

        assertEquals(StartException.Reason.STORAGE_UNUSABLE, refused.reason());
    }

    @Test
    void a_server_may_be_stopped_twice() throws Exception {
        PandoServer server = AServer.in(directory);

        server.stop();
        server.stop();

        server.awaitStop();
        AServer.in(directory).stop();
    }

    /** The history says who the members are: the server would lead itself, and the others would have no voice. */
    @Test
    void a_server_that_ran_alone_does_not_become_a_member_by_its_configuration() throws Exception {
        AServer.in(directory.resolve("without"), "forceSync=yes").stop();
        AServer.in(directory.resolve("with"), "myid=1").stop();

        assertTrue(refusalOfMember(directory.resolve("without")).contains("is server 0; it can't become a member"));
        assertTrue(refusalOfMember(directory.resolve("with")).contains("can't become a member in this version"));
    }

    private static String refusalOfMember(Path dataDir) throws Exception {
        List<Integer> ports = FreePorts.choose(2);
        String[] settings = {
            "myid=1", "server.1=127.0.0.1:" + ports.get(0) + ":" + ports.get(1), "server.2=127.0.0.1:1:2"
        };
        return messageOf(assertThrows(StartException.class, () -> AServer.in(dataDir, settings)));
    }

    @Test
    void a_member_does_not_wait_in_vain_when_its_configuration_lists_nobody_else() throws Exception {
        try (Trio servers = new Trio(directory)) {
            servers.leader();
            servers.clientOf(0).close(); // it is served by the first: so that one knows who leads it
        }

        StartException refused =
                assertThrows(StartException.class, () -> AServer.in(directory.resolve("server1"), "myid=1"));

        assertTrue(messageOf(refused).contains("a member of an ensemble of the servers [1, 2, 3]"));
    }

    private static String messageOf(StartException refused) {
        return Objects.requireNonNull(refused.getMessage());
    }
}
