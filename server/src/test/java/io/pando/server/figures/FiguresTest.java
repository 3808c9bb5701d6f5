package io.pando.server.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void a_distribution_knows_its_ends_and_its_average_and_forgets_them_at_a_reset() {
        var distribution = new Distribution();
        distribution.record(4);
        distribution.record(1);

        assertEquals(1, distribution.min());
        assertEquals(4, distribution.max());
        assertEquals(2.5, distribution.average());

        distribution.reset();
        assertEquals(0, distribution.min());
        assertEquals(0, distribution.max());
        assertEquals(0, distribution.average());
    }

    @Test
    void a_reset_of_the_server_starts_packets_and_latencies_anew_and_keeps_failures() {
        var figures = new ServerFigures();
        var turn = new Turn();
        turn.received(10);
        turn.answeredWrite(5, 1, 7, 1_000_000);
        turn.end(new ConnectionFigures(), figures, 0, 0);
        figures.connectionRejected();

        figures.reset();

        assertEquals(0, figures.packetsReceived());
        assertEquals(0, figures.writeLatencyNanos().count());
        assertEquals(10, figures.bytesReceived());
        assertEquals(1, figures.connectionsRejected());
    }

    @Test
    void a_turn_adds_up_to_the_same_for_the_connection_and_the_server() {
        var connection = new ConnectionFigures();
        var server = new ServerFigures();
        var turn = new Turn();

        turn.received(10);
        turn.received(30);
        turn.sent(16);
        turn.sent(24);
        turn.answeredOnTheSpot(4, 1, 7);
        turn.answeredWrite(5, 2, 8, 900);
        turn.end(connection, server, 1_000, 1_100);

        assertEquals(2, connection.packetsReceived());
        assertEquals(2, connection.packetsSent());
        assertEquals(0, connection.unanswered());
        assertEquals(8, connection.lastZxid());
        assertEquals(40, server.bytesReceived());
        assertEquals(40, server.bytesSent());
        assertEquals(100, server.readLatencyNanos().max());
        assertEquals(900, server.writeLatencyNanos().max());
        assertEquals(2, server.latencyNanos().count());
        assertEquals(24, server.replyBytes().max());
    }

    @Test
    void a_turn_begins_anew_when_it_has_ended() {
        var server = new ServerFigures();
        var turn = new Turn();
        turn.received(10);
        turn.answeredOnTheSpot(4, 1, 7);
        turn.end(new ConnectionFigures(), server, 0, 5);

        turn.received(10);
        turn.end(new ConnectionFigures(), server, 0, 5);

        assertEquals(2, server.packetsReceived());
        assertEquals(1, server.readLatencyNanos().count());
    }

    @Test
    void a_connection_counts_what_is_still_unanswered_through_a_reset() {
        var figures = new ConnectionFigures();
        var turn = new Turn();
        turn.received(10);
        turn.received(10);
        turn.answeredOnTheSpot(4, 1, 7);
        turn.end(figures, new ServerFigures(), 0, 100);

        figures.reset();

        assertEquals(1, figures.unanswered());
        assertEquals(0, figures.packetsReceived());
        assertEquals(-1, figures.lastZxid());
    }
}
