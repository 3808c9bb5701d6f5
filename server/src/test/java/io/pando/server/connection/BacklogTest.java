package io.pando.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.server.figures.ConnectionFigures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long LIMIT_BYTES = 800;

    private final Connections connections = new Connections();
    private final Backlog backlog = new Backlog(connections, LIMIT_BYTES);

    @Test
    void clients_that_leave_less_than_the_limit_unread_are_let_be() {
        List<Reader> readers = readers(100, 300, 400);

        backlog.grewBy(LIMIT_BYTES);

        readers.forEach(reader -> assertFalse(reader.givenUp));
    }

    @Test
    void above_the_limit_those_that_leave_most_unread_are_given_up_and_no_more_than_need_be() {
        List<Reader> readers = readers(10, 500, 20, 400, 30);

        backlog.grewBy(LIMIT_BYTES);

        assertEquals(List.of(false, true, false, false, false), givenUp(readers));
    }

    @Test
    void those_who_read_are_let_be_however_many_do_not() {
        List<Reader> readers = readers(0, 300, 0, 300, 0, 300, 0, 300);

        backlog.grewBy(LIMIT_BYTES);

        assertEquals(
                List.of(false, false, false, false),
                givenUp(readers.stream().filter(r -> r.unsent == 0).toList()));
        assertTrue(readers.stream()
                        .filter(reader -> !reader.givenUp)
                        .mapToLong(reader -> reader.unsent)
                        .sum()
                <= LIMIT_BYTES);
    }

    @Test
    void data_that_many_have_asked_for_and_do_not_read_counts_once() {
        List<Reader> readers = readers(0, 0, 0);
        byte[] data = new byte[500];
        readers.forEach(reader -> reader.borrowed = List.of(data));

        backlog.grewBy(LIMIT_BYTES);

        assertEquals(List.of(false, false, false), givenUp(readers));
    }

    @Test
    void data_that_nobody_else_has_asked_for_counts_for_each() {
        List<Reader> readers = readers(0, 0);
        readers.forEach(reader -> reader.borrowed = List.of(new byte[500]));

        backlog.grewBy(LIMIT_BYTES);

        assertEquals(1, givenUp(readers).stream().filter(givenUp -> givenUp).count());
    }

    @Test
    void nobody_looks_before_enough_was_added() {
        List<Reader> readers = readers(5_000);

        backlog.grewBy(LIMIT_BYTES / 8);
        assertFalse(readers.get(0).givenUp);

        backlog.grewBy(1);
        assertTrue(readers.get(0).givenUp);
    }

    private List<Reader> readers(long... unsent) {
        List<Reader> readers = new ArrayList<>();
        for (long bytes : unsent) {
            Reader reader = new Reader(bytes);
            readers.add(reader);
            connections.add(reader);
        }
        return readers;
    }

    private static List<Boolean> givenUp(List<Reader> readers) {
        return readers.stream().map(reader -> reader.givenUp).toList();
    }

    static class Reader implements OpenConnection {
        final long unsent;
        List<byte[]> borrowed = List.of();
        boolean givenUp;

        Reader(long unsent) {
            this.unsent = unsent;
        }

        @Override
        public long unsentBytes() {
            return unsent;
        }

        @Override
        public List<byte[]> borrowed() {
            return borrowed;
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void giveUp() {
            givenUp = true;
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public long sessionId() {
            return 0;
        }

        @Override
        public int timeoutMs() {
            return 0;
        }

        @Override
        public long openedMs() {
            return 0;
        }

        @Override
        public ConnectionFigures figures() {
            return new ConnectionFigures();
        }
    }
}
