package io.pando.test.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The writes of one client, in a part of the tree of its own. The n-th write is known beforehand, so the state after
 * n writes is too; a server applies them in the order they were sent, and whatever is found after a crash has to be
 * the state after some n, no smaller than the number of writes it acknowledged.
 *
 * <p>Writes go round: a sequential create, a versioned setData, and a multi of a create, a setData and the delete of
 * the multi before.
 */
final class Ledger {
    private static final int KINDS = 3;

    private final String root;
    private int applied;

    Ledger(String root) {
        this.root = root;
    }

    void create(RawClient client) throws IOException {
        for (String path : new String[] {root, root + "/counter", root + "/latest", root + "/m-none"}) {
            Reply reply = client.call(Op.CREATE, Body.create(path, bytes(-1), 0));
            assertEquals(Errors.OK, reply.error());
        }
    }

    /** How many writes are known to have happened; the next to send is the one of this number. */
    int applied() {
        return applied;
    }

    /** Sends the {@code n}-th write, without waiting. */
    void send(RawClient client, int n) throws IOException {
        switch (n % KINDS) {
            case 0 -> client.send(Op.CREATE, Body.create(root + "/s-", bytes(n), 2));
            case 1 -> client.send(Op.SET_DATA, Body.setData(root + "/counter", bytes(n), n / KINDS));
            default ->
                client.send(
                        Op.MULTI,
                        Body.empty()
                                .operation(Op.CREATE, Body.create(multi(n), bytes(n), 0))
                                .operation(Op.SET_DATA, Body.setData(root + "/latest", bytes(n), n / KINDS))
                                .operation(Op.DELETE, Body.versioned(multi(n - KINDS), 0))
                                .endOfOperations());
        }
    }

    /** Takes note of the answer to the {@code n}-th write, which has to be the expected one. */
    void acknowledged(int n, Reply reply) {
        assertEquals(n, applied, "answers come in order");
        assertEquals(Errors.OK, reply.error(), () -> "write " + n + " of " + root);
        if (n % KINDS == 0) assertEquals(sequential(n), reply.text());
        if (n % KINDS == 2) assertEquals(Op.CREATE, reply.resultHeader().type(), () -> "multi " + n);
        applied = n + 1;
    }

    /** Compares what is there with what was acknowledged, given the number of writes that were sent. */
    void verify(RawClient client, int sent) throws IOException {
        Set<String> names = new HashSet<>(
                client.call(Op.GET_CHILDREN, Body.read(root, false)).texts());
        int creates = 0;
        while (names.remove(sequential(creates * KINDS).substring(root.length() + 1))) creates++;
        int sets = version(client, "/counter");
        int multis = version(client, "/latest");
        int found = creates + sets + multis;
        String state = root + " holds " + creates + " creates, " + sets + " sets and " + multis + " multis; " + applied
                + " writes were acknowledged and " + sent + " sent";

        assertEquals(found / KINDS + Math.min(1, found % KINDS), creates, state);
        assertEquals(found / KINDS + (found % KINDS) / 2, sets, state);
        assertEquals(found / KINDS, multis, state);
        assertTrue(found >= applied && found <= sent, state);
        int lastMulti = multis * KINDS - 1;
        assertEquals(
                Set.of("counter", "latest", multi(lastMulti).substring(root.length() + 1)), names, "nothing half done");
        assertEquals(multis == 0 ? -1 : lastMulti, data(client, "/latest"));
        assertEquals(sets == 0 ? -1 : (sets - 1) * KINDS + 1, data(client, "/counter"));
        applied = found;
    }

    private String multi(int n) {
        return root + (n < 0 ? "/m-none" : "/m-" + n);
    }

    /** Three znodes were there at first; every round of three writes creates two more. */
    private String sequential(int n) {
        return root + String.format("/s-%010d", 3 + 2 * (n / KINDS));
    }

    private int version(RawClient client, String name) throws IOException {
        return client.call(Op.EXISTS, Body.read(root + name, false)).stat().version();
    }

    private int data(RawClient client, String name) throws IOException {
        byte[] data = client.call(Op.GET_DATA, Body.read(root + name, false)).buffer();
        return data == null ? Integer.MIN_VALUE : ByteBuffer.wrap(data).getInt();
    }

    private static byte[] bytes(int n) {
        return ByteBuffer.allocate(100).putInt(n).array();
    }
}
