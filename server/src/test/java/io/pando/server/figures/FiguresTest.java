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
        figures.received(10);
        figures.answeredWrite(1_000_000, 20);
        figures.connectionRejected();

        figures.reset();

        assertEquals(0, figures.packetsReceived());
        assertEquals(0, figures.writeLatencyNanos().count());
        assertEquals(10, figures.bytesReceived());
        assertEquals(1, figures.connectionsRejected());
    }

    @Test
    void a_connection_counts_what_is_still_unanswered_through_a_reset() {
        var figures = new ConnectionFigures();
        figures.received();
        figures.received();
        figures.answered(4, 1, 7, 0, 100);

        figures.reset();

        assertEquals(1, figures.unanswered());
        assertEquals(0, figures.packetsReceived());
        assertEquals(-1, figures.lastZxid());
    }
}
