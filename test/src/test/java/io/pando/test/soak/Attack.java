package io.pando.test.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.harness.Body;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** One kind of malice: what a connection of an attacker does until it is hung up on, and then does again. */
enum Attack {
    /** Keeps its session alive and asks for nothing: what there is most of, and no malice yet. */
    IDLE(500) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.attach(TIMEOUT_MS, 0, new byte[16], 0);
            while (siege.goesOn(TIMEOUT_MS / 3)) client.ping();
        }
    },
    /** Connects and says nothing. */
    SILENT(80) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.patience(60_000);
            client.isClosedByServer();
        }
    },
    /** Sends a part of a handshake, or announces a megabyte behind one, and stops there. */
    HALF_A_FRAME(80) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            if (ThreadLocalRandom.current().nextBoolean()) client.attach(4_000, 0, new byte[16], 0);
            client.sendBytes(ByteBuffer.allocate(9).putInt(0xffff0).array());
            client.patience(60_000);
            client.isClosedByServer();
        }
    },
    /** Asks for a large znode again and again, and reads nothing. */
    NEVER_READS(80) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.attach(TIMEOUT_MS, 0, new byte[16], 0);
            while (siege.goesOn(20)) client.send(Op.GET_DATA, Body.read(Siege.LARGE, false));
        }
    },
    /** Asks for it too, and reads it a few bytes at a time. */
    READS_SLOWLY(60) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.attach(TIMEOUT_MS, 0, new byte[16], 0);
            for (int i = 0; i < 20; i++) client.send(Op.GET_DATA, Body.read(Siege.LARGE, false));
            while (siege.goesOn(100)) client.read(1024);
        }
    },
    /** Watches what is flooded, leaves thousands of watches besides, and reads no event. */
    WATCHES_AND_NEVER_READS(40) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.attach(TIMEOUT_MS, 0, new byte[16], 0);
            client.call(Op.ADD_WATCH, Body.of(Siege.FLOOD).int32(1));
            for (int i = 0; i < 2_000; i++) client.send(Op.EXISTS, Body.read("/nowhere/" + i, true));
            while (siege.goesOn(TIMEOUT_MS / 3)) client.send(-2, Op.PING, Body.empty());
        }
    },
    /** Changes a znode of a long name a hundred times a second, for those who watch. */
    FLOODS_WATCHES(1) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.attach(TIMEOUT_MS, 0, new byte[16], 0);
            String path = Siege.FLOOD + "/" + "x".repeat(500)
                    + ThreadLocalRandom.current().nextInt(100);
            client.call(Op.CREATE, Body.create(path, null, 0));
            while (siege.goesOn(10)) client.call(Op.SET_DATA, Body.setData(path, null, -1));
        }
    },
    /** Multis of a megabyte, of thousands of parts, that write, that fail, and that read large znodes. */
    HUGE_MULTIS(1) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.attach(TIMEOUT_MS, 0, new byte[16], 0);
            client.patience(60_000);
            while (siege.goesOn(1_000)) {
                client.call(Op.MULTI, multi(Op.SET_DATA, Body.setData(Siege.SMALL, new byte[20], -1), 15_000));
                client.call(Op.MULTI, multi(Op.CHECK, Body.versioned("/nowhere", -1), 25_000));
                client.call(Op.MULTI_READ, multi(Op.GET_DATA, Body.read(Siege.LARGE, false), 25_000));
            }
        }
    },
    /** Connects, gets a session, and is gone. */
    STORMS(60) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.attach(4_000, 0, new byte[16], 0);
            siege.goesOn(500 + ThreadLocalRandom.current().nextInt(1_000));
        }
    },
    /** Garbage, of all lengths, with and without a session. */
    GARBAGE(60) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            byte[] garbage = new byte[8 + ThreadLocalRandom.current().nextInt(200)];
            ThreadLocalRandom.current().nextBytes(garbage);
            if (garbage[0] > 0) client.attach(4_000, 0, new byte[16], 0);
            ByteBuffer.wrap(garbage).putInt(4, garbage[1]);
            client.sendFrame(garbage);
            siege.goesOn(500);
        }
    },
    /** Asks for everything that is known of connections and watches, and reads nothing. */
    ASKS_WORDS_AND_NEVER_READS(20) {
        @Override
        void commit(RawClient client, Siege siege) throws IOException {
            client.sendBytes((ThreadLocalRandom.current().nextBoolean() ? "wchc" : "cons").getBytes(UTF_8));
            siege.goesOn(20_000);
        }
    };

    private static final int TIMEOUT_MS = 8_000;

    /** Of a thousand attackers, roughly. */
    private final int share;

    Attack(int share) {
        this.share = share;
    }

    /** How many of so many attackers make it: one at least. */
    int attackersOf(int all) {
        return Math.max(1, all * share / 1000);
    }

    /** Ends when the server has hung up, or when nothing more is to be done with the connection. */
    abstract void commit(RawClient client, Siege siege) throws IOException;

    /** Whether the socket should hold as little as possible. */
    boolean isNarrow() {
        return name().contains("READS");
    }

    private static Body multi(int op, Body part, int parts) {
        Body multi = Body.empty();
        for (int i = 0; i < parts; i++) multi.operation(op, part);
        return multi.endOfOperations();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
