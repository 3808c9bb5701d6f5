package io.pando.zab.transport;

import static io.pando.zab.transport.TestPeer.all;
import static io.pando.zab.transport.TestPeer.memberAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.ListedMembers;
import io.pando.zab.message.Message;
import io.pando.zab.transport.TestPeer.Told;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets a link and who does not; and that those who don't hurt nobody. */
@Timeout(60)
class HandshakeTest {
    private static final UUID OTHER_CLUSTER = new UUID(3, 4);

    private TestPeer two;

    @BeforeEach
    void open() throws Exception {
        two = TestPeer.of(2);
    }

    @AfterEach
    void close() {
        two.close();
    }

    @Test
    void a_higher_id_that_introduces_itself_is_linked() throws Exception {
        try (Stranger three = Stranger.dialing(two.port())) {
            three.greetAs(3, 2);

            assertEquals(TestPeer.helloOf(3, TestPeer.CLUSTER), two.nextUp().hello());
            assertEquals(new Greeting(Greeting.Purpose.MESSAGES, 3, two.hello.get()), three.readGreeting());
        }
    }

    @Test
    void its_own_id_is_refused() throws Exception {
        refused(new Greeting(Greeting.Purpose.MESSAGES, 2, TestPeer.helloOf(2, TestPeer.CLUSTER)));
    }

    @Test
    void a_lower_id_that_dials_is_refused_where_it_is_dialed_itself() throws Exception {
        try (Stranger one = Stranger.listening()) {
            two.transport.connectTo(all(memberAt(1, "127.0.0.1", one.port()), two.member()));
            one.accept();

            try (Stranger knocking = Stranger.dialing(two.port())) {
                knocking.greetAs(1, 2).awaitClosed();
            }
            assertTrue(two.told.isEmpty());
        }
    }

    @Test
    void a_lower_id_that_nobody_dials_is_linked() throws Exception {
        try (Stranger one = Stranger.dialing(two.port())) {
            one.greetAs(1, 2);

            assertEquals(1, two.nextUp().link().serverId());
            assertEquals(1, one.readGreeting().to());
        }
    }

    @Test
    void other_members_in_its_configuration_are_refused() throws Exception {
        ListedMembers ofOneAndTwo = ListedMembers.of(all(memberAt(1, "one", 1), two.member()));
        ListedMembers ofTwoAndThree = ListedMembers.of(all(two.member(), memberAt(3, "three", 1)));
        two.hello.set(listing(TestPeer.helloOf(2, TestPeer.CLUSTER), ofOneAndTwo));

        refused(new Greeting(
                Greeting.Purpose.MESSAGES, 2, listing(TestPeer.helloOf(3, TestPeer.CLUSTER), ofTwoAndThree)));
    }

    private static Hello listing(Hello hello, ListedMembers listed) {
        return new Hello(
                hello.clusterId(), hello.serverId(), hello.dataId(), hello.incarnation(), hello.recordBytes(), listed);
    }

    @Test
    void who_takes_longer_or_shorter_requests_is_refused() throws Exception {
        refused(new Greeting(Greeting.Purpose.MESSAGES, 2, taking(FrameLimits.DEFAULT.recordBytes() + 1)));
        refused(new Greeting(Greeting.Purpose.MESSAGES, 2, taking(FrameLimits.DEFAULT.recordBytes() - 1)));
    }

    private static Hello taking(int recordBytes) {
        Hello hello = TestPeer.helloOf(3, TestPeer.CLUSTER);
        return new Hello(
                hello.clusterId(), hello.serverId(), hello.dataId(), hello.incarnation(), recordBytes, hello.listed());
    }

    @Test
    void another_ensemble_is_refused() throws Exception {
        refused(new Greeting(Greeting.Purpose.MESSAGES, 2, TestPeer.helloOf(3, OTHER_CLUSTER)));
    }

    @Test
    void who_looks_for_somebody_else_is_refused() throws Exception {
        refused(new Greeting(Greeting.Purpose.MESSAGES, 1, TestPeer.helloOf(3, TestPeer.CLUSTER)));
    }

    @Test
    void who_wants_snapshots_at_the_port_for_messages_is_refused() throws Exception {
        refused(new Greeting(Greeting.Purpose.SNAPSHOTS, 2, TestPeer.helloOf(3, TestPeer.CLUSTER)));
    }

    @Test
    void another_version_is_refused() throws Exception {
        ByteBuffer greeting =
                new Greeting(Greeting.Purpose.MESSAGES, 2, TestPeer.helloOf(3, TestPeer.CLUSTER)).encode();
        greeting.putInt(Integer.BYTES + Long.BYTES, Greeting.VERSION + 1);
        refused(greeting);
    }

    @Test
    void a_greeting_of_any_length_that_is_none_is_refused() throws Exception {
        refused(ByteBuffer.allocate(4).putInt(-1).flip());
        refused(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());
        refused(ByteBuffer.allocate(4).putInt(4097).flip());
    }

    @Test
    void a_server_without_history_is_linked_and_an_own_identity_may_come_later() throws Exception {
        two.hello.set(TestPeer.helloOf(2, Hello.NO_CLUSTER));
        try (Stranger three = Stranger.dialing(two.port())) {
            three.greetAs(3, 2);
            two.nextUp();
        }
        two.nextDown();
        two.hello.set(TestPeer.helloOf(2, OTHER_CLUSTER));
        refused(new Greeting(Greeting.Purpose.MESSAGES, 2, TestPeer.helloOf(3, TestPeer.CLUSTER)));
        try (Stranger three = Stranger.dialing(two.port())) {
            three.say(new Greeting(Greeting.Purpose.MESSAGES, 2, TestPeer.helloOf(3, Hello.NO_CLUSTER)).encode());
            two.nextUp();
        }
    }

    @Test
    void an_id_that_was_not_dialed_is_refused() throws Exception {
        try (Stranger one = Stranger.listening()) {
            two.transport.connectTo(all(memberAt(1, "127.0.0.1", one.port()), two.member()));

            assertEquals(1, one.accept().readGreeting().to());
            one.greetAs(5, 2).awaitClosed();
            one.accept().greetAs(1, 2);

            assertEquals(1, two.nextUp().link().serverId());
        }
    }

    @Test
    void a_dialed_server_of_another_ensemble_is_not_linked() throws Exception {
        try (TestPeer one = TestPeer.of(1, OTHER_CLUSTER, config -> config)) {
            two.transport.connectTo(all(one.member(), two.member()));

            TestPeer.await(() -> two.transport.figures().connectionsRefused() >= 2
                    && one.transport.figures().connectionsRefused() >= 2);
            assertTrue(one.told.isEmpty() && two.told.isEmpty());
            one.hello.set(TestPeer.helloOf(1, TestPeer.CLUSTER));
            two.nextUp();
        }
    }

    @Test
    void silence_and_half_a_greeting_are_closed_after_a_while() throws Exception {
        try (TestPeer hasty = TestPeer.of(
                        3, TestPeer.CLUSTER, config -> config.withHandshakeTimeout(Duration.ofMillis(300)));
                Stranger silent = Stranger.dialing(hasty.port());
                Stranger half = Stranger.dialing(hasty.port())) {
            half.say(new byte[] {0, 0, 0, 69, 'P', 'a', 'n'});

            silent.awaitClosed();
            half.awaitClosed();
            TestPeer.await(() -> hasty.transport.figures().connectionsRefused() == 2);
        }
    }

    @Test
    void garbage_hurts_nobody() throws Exception {
        try (Stranger three = Stranger.dialing(two.port())) {
            Link link = linked(three);
            Random random = new Random(7);
            for (int i = 0; i < 50; i++) {
                byte[] garbage = new byte[1 + random.nextInt(2000)];
                random.nextBytes(garbage);
                try (Stranger stranger = Stranger.dialing(two.port())) {
                    stranger.say(garbage);
                    stranger.reset();
                }
            }
            TestPeer.await(() -> two.transport.figures().connectionsRefused() == 50);

            three.say(new Message.Handover(1, 2));

            assertEquals(new Told.Received(link, new Message.Handover(1, 2)), two.next());
        }
    }

    @Test
    void a_link_ends_with_the_first_frame_that_is_no_message() throws Exception {
        assertEnds("no message", 0, 0, 0, 2, 99, 0);
        assertEnds("-1 bytes", -1, -1, -1, -1);
        assertEnds("0 bytes", 0, 0, 0, 0);
        assertEnds("2147483647 bytes", 127, -1, -1, -1);
        assertEquals(4, two.transport.figures().framesMalformed());
    }

    @Test
    void half_a_frame_is_no_message() throws Exception {
        try (Stranger three = Stranger.dialing(two.port())) {
            linked(three);
            three.say(new byte[] {0, 0, 0, 21, 7, 0, 0}).reset();

            two.nextDown();
        }
    }

    @Test
    void a_newer_link_replaces_the_one_before_which_is_told_first() throws Exception {
        try (Stranger three = Stranger.dialing(two.port());
                Stranger threeAgain = Stranger.dialing(two.port())) {
            Link first = linked(three);

            threeAgain.greetAs(3, 2);

            assertEquals(first, two.nextDown().link());
            Link second = two.nextUp().link();
            assertTrue(second.number() > first.number());
            three.awaitClosed();
            threeAgain.say(new Message.Handover(1, 2));
            assertEquals(new Told.Received(second, new Message.Handover(1, 2)), two.next());
        }
    }

    private void assertEnds(String why, int... frame) throws Exception {
        byte[] bytes = new byte[frame.length];
        for (int i = 0; i < frame.length; i++) {
            bytes[i] = (byte) frame[i];
        }
        try (Stranger three = Stranger.dialing(two.port())) {
            linked(three);
            three.say(new Message.Handover(1, 2)).say(bytes).say(new Message.Handover(2, 2));

            assertEquals(new Message.Handover(1, 2), two.messages(1).getFirst());
            String told = two.nextDown().why();
            assertTrue(told.contains(why), told);
            three.awaitClosed();
        }
    }

    private Link linked(Stranger three) throws Exception {
        three.greetAs(3, 2);
        three.readGreeting();
        return two.nextUp().link();
    }

    private void refused(Greeting greeting) throws Exception {
        refused(greeting.encode());
    }

    private void refused(ByteBuffer greeting) throws Exception {
        long before = two.transport.figures().connectionsRefused();
        try (Stranger stranger = Stranger.dialing(two.port())) {
            stranger.say(greeting).awaitClosed();
        }
        TestPeer.await(() -> two.transport.figures().connectionsRefused() == before + 1);
        assertTrue(two.told.isEmpty());
    }
}
