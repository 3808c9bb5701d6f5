package io.pando.zab.transport;

import static io.pando.zab.transport.TestPeer.all;
import static io.pando.zab.transport.TestPeer.memberAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.transport.TestPeer.Told;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links between servers, over real sockets. */
@Timeout(60)
class PeerLinksTest {

    @Test
    void the_higher_id_dials_and_both_learn_who_the_other_is() throws Exception {
        try (TestPeer one = TestPeer.of(1);
                TestPeer two = TestPeer.of(2)) {
            one.transport.connectTo(all(one.member(), two.member()));
            two.transport.connectTo(all(one.member(), two.member()));

            assertEquals(two.hello.get(), one.nextUp().hello());
            assertEquals(one.hello.get(), two.nextUp().hello());
            assertEquals(1, one.transport.figures().linksUp());
            assertEquals(1, two.transport.figures().linksUp());
        }
    }

    @Test
    void a_hundred_thousand_messages_arrive_in_order_and_complete() throws Exception {
        try (TestPeer one = TestPeer.of(1);
                TestPeer two = TestPeer.of(2)) {
            two.transport.connectTo(all(one.member(), two.member()));
            Link toOne = two.nextUp().link();
            one.nextUp();
            int count = 100_000;

            for (int i = 0; i < count; i++) {
                // Every thousandth is long enough to go out in a buffer of its own.
                ByteBuffer payload = ByteBuffer.allocate(i % 1000 == 999 ? 40_000 : 4);
                two.transport.send(toOne, new Message.Request(i, payload));
                if (i % 100 == 99) {
                    two.transport.flush();
                }
            }

            for (int i = 0; i < count; i++) {
                assertEquals(i, ((Told.Received) one.next()).message().epoch());
            }
            assertEquals(count, two.transport.figures().messagesSent());
            assertEquals(
                    two.transport.figures().bytesSent(), one.transport.figures().bytesReceived());
        }
    }

    @Test
    void a_listener_that_has_enough_is_not_read_for_and_misses_nothing() throws Exception {
        try (TestPeer one = TestPeer.of(1);
                TestPeer two = TestPeer.of(2);
                TestPeer three = TestPeer.of(3)) {
            three.transport.connectTo(all(one.member(), two.member(), three.member()));
            Link toOne = three.nextUp().link();
            Link toTwo = three.nextUp().link();
            if (toOne.serverId() == 2) {
                Link swapped = toOne;
                toOne = toTwo;
                toTwo = swapped;
            }
            one.nextUp();
            two.nextUp();
            one.full(true);

            int count = 3000; // 30 MB: more than fits into the sockets' buffers
            for (int i = 0; i < count; i++) {
                three.say(toOne, new Message.Request(i, ByteBuffer.allocate(10_000)));
            }
            three.say(toTwo, new Message.Handover(1, 1));
            assertEquals(new Message.Handover(1, 1), two.messages(1).getFirst());
            TestPeer.await(() -> one.transport.figures().messagesReceived() == 1);
            one.transport.resumeReading(); // still full
            one.full(false);

            TestPeer.await(() -> {
                one.transport.resumeReading();
                return !one.told.isEmpty();
            });
            for (int i = 0; i < count; i++) {
                assertEquals(i, ((Told.Received) one.next()).message().epoch());
            }
        }
    }

    /** A newcomer with a low id: those who would have to dial it have not heard of it. */
    @Test
    void a_server_that_no_higher_id_knows_makes_itself_known_and_keeps_its_link_as_a_member() throws Exception {
        try (TestPeer one = TestPeer.of(1);
                TestPeer two = TestPeer.of(2)) {
            two.transport.connectTo(all(two.member()));
            one.transport.connectTo(all(one.member(), two.member()));

            Link link = two.nextUp().link();
            assertEquals(1, link.serverId());
            assertEquals(2, one.nextUp().link().serverId());
            two.transport.connectTo(all(one.member(), two.member()));
            two.say(link, new Message.Handover(1, 2));

            assertEquals(new Message.Handover(1, 2), one.messages(1).getFirst());
            assertEquals(1, two.transport.figures().linksUp());
        }
    }

    @Test
    void a_server_that_comes_up_later_is_linked_then() throws Exception {
        int port = freePort();
        try (TestPeer two = TestPeer.of(2)) {
            two.transport.connectTo(all(memberAt(1, "127.0.0.1", port), two.member()));
            TestPeer.await(() -> two.transport.figures().dialsFailed() >= 3);

            try (TestPeer one = TestPeer.at(1, port)) {
                assertEquals(1, two.nextUp().link().serverId());
                assertEquals(2, one.nextUp().link().serverId());
            }
            two.nextDown();
            try (TestPeer again = TestPeer.at(1, port)) {
                assertEquals(2, two.nextUp().link().number());
                again.nextUp();
            }
        }
    }

    @Test
    void a_name_is_resolved_anew_for_every_dial() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        NameResolver moving = host -> {
            if (asked.incrementAndGet() < 4) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (TestPeer one = TestPeer.of(1);
                TestPeer two = TestPeer.resolving(2, moving)) {
            two.transport.connectTo(all(memberAt(1, "somewhere.example", one.port()), two.member()));

            two.nextUp();
            assertEquals(4, asked.get());
            two.transport.close(one.nextUp().link(), "no such link here"); // of the other one: nothing happens
            one.transport.close(new Link(2, 1), "to see it dialed again");

            two.nextDown();
            two.nextUp();
            assertEquals(5, asked.get());
        }
    }

    @Test
    void what_was_sent_before_a_link_is_closed_arrives_and_what_comes_after_vanishes() throws Exception {
        try (TestPeer one = TestPeer.of(1);
                TestPeer two = TestPeer.of(2)) {
            two.transport.connectTo(all(one.member(), two.member()));
            Link toOne = two.nextUp().link();
            Link toTwo = one.nextUp().link();

            one.transport.send(toTwo, new Message.Reject(Message.Refusal.NOT_LEADING));
            one.transport.close(toTwo, "it is refused");

            assertEquals(
                    new Message.Reject(Message.Refusal.NOT_LEADING),
                    two.messages(1).getFirst());
            assertEquals(toOne, two.nextDown().link());
            assertEquals("it is refused", one.nextDown().why());
            two.say(toOne, new Message.Handover(1, 1));
            Link next = two.nextUp().link();
            two.say(next, new Message.Handover(2, 1));
            assertTrue(next.number() > toOne.number());
            one.nextUp();
            assertEquals(new Message.Handover(2, 1), one.messages(1).getFirst());
            assertEquals(1, two.transport.figures().messagesDropped());
        }
    }

    @Test
    void members_that_leave_or_move_are_dropped_and_new_ones_dialed() throws Exception {
        try (TestPeer one = TestPeer.of(1);
                TestPeer oneElsewhere = TestPeer.of(1);
                TestPeer two = TestPeer.of(2);
                TestPeer three = TestPeer.of(3)) {
            three.transport.connectTo(all(one.member(), three.member()));
            three.nextUp();
            one.nextUp();

            three.transport.connectTo(all(oneElsewhere.member(), two.member(), three.member()));

            assertEquals(1, three.nextDown().link().serverId());
            three.nextUp();
            three.nextUp();
            one.nextDown();
            oneElsewhere.nextUp();
            two.nextUp();
            three.transport.connectTo(all(oneElsewhere.member(), three.member()));
            assertEquals(2, three.nextDown().link().serverId());
            two.nextDown();
        }
    }

    @Test
    void a_peer_that_never_reads_is_given_up_and_others_are_unaffected() throws Exception {
        try (TestPeer one = TestPeer.of(1);
                Stranger deaf = Stranger.listening();
                TestPeer three = TestPeer.of(
                        3,
                        TestPeer.CLUSTER,
                        config -> config.withLimits(new FrameLimits(4 << 20, 1 << 20))
                                .withMaxUnsentBytes(6 << 20))) {
            three.transport.connectTo(all(one.member(), memberAt(2, "127.0.0.1", deaf.port()), three.member()));
            deaf.accept().greetAs(2, 3);
            Told.Up first = three.nextUp();
            Told.Up second = three.nextUp();
            Link toOne = first.link().serverId() == 1 ? first.link() : second.link();
            Link toDeaf = first.link().serverId() == 1 ? second.link() : first.link();
            one.nextUp();

            int sent = 0;
            while (three.transport.figures().linksOverflowed() == 0) {
                three.say(toDeaf, new Message.Request(1, ByteBuffer.allocate(100_000)));
                sent++;
            }
            three.say(toOne, new Message.Handover(1, 1));

            assertEquals(new Message.Handover(1, 1), one.messages(1).getFirst());
            Told.Down down = assertInstanceOf(Told.Down.class, three.next());
            assertEquals(toDeaf, down.link());
            assertTrue(down.why().contains("takes too little"), down.why());
            assertTrue(sent >= 60, "It was given up after " + sent);
        }
    }

    @Test
    void closing_ends_links_and_tells_of_it() throws Exception {
        try (TestPeer one = TestPeer.of(1)) {
            TestPeer two = TestPeer.of(2);
            two.transport.connectTo(all(one.member(), two.member()));
            two.nextUp();
            one.nextUp();

            two.close();

            assertEquals("this server stops", ((Told.Down) two.told.remove()).why());
            one.nextDown();
            two.close();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
