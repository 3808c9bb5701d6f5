package io.pando.test.torture;

import io.pando.test.harness.Body;
import io.pando.test.harness.Errors;
import io.pando.test.harness.Op;
import io.pando.test.harness.RawClient;
import io.pando.test.harness.RawClient.Handshake;
import io.pando.test.harness.Reply;
import io.pando.test.recipes.faults.Role;
import io.pando.test.torture.Lives.Life;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Has one session after the other, each with an ephemeral that it writes to now and then; ends some, and is just gone from others. */
final class OwningRole extends Role {
    static final int TIMEOUT_MS = 3_000;

    /** Well before the session would end, so that another server may be asked. */
    private static final int PATIENCE_MS = 800;

    private static final int SESSION_EXPIRED = -112;
    private static final int SESSION_MOVED = -118;
    private static final int MOST_WRITES = 40;
    private static final int EPHEMERAL = 1;

    private final String root;
    private final Lives lives;
    private final int[] ports;
    private final RandomGenerator chance;
    private int begun;
    private @Nullable Handshake session;
    private @Nullable Life life;
    private @Nullable RawClient connection;
    private boolean mayExist;
    private int writesLeft;

    OwningRole(String name, String root, Lives lives, String connectString, RandomGenerator chance) {
        super(name);
        this.root = root;
        this.lives = lives;
        this.ports = Arrays.stream(connectString.split(","))
                .mapToInt(address -> Integer.parseInt(address.substring(address.indexOf(':') + 1)))
                .toArray();
        this.chance = chance;
    }

    @Override
    public boolean turn() throws IOException {
        try {
            if (session == null) {
                beginSession();
                return false;
            }
            if (connection == null && !returned(session)) return false;
            if (writesLeft-- > 0) return write();
            endSession();
            return true;
        } catch (IOException e) {
            disconnect();
            throw e;
        }
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.open(ports[chance.nextInt(ports.length)]);
        client.patience(PATIENCE_MS);
        return client;
    }

    private void beginSession() throws IOException {
        RawClient client = connect();
        connection = client;
        Handshake begun = client.attach(TIMEOUT_MS, 0, new byte[16], 0);
        if (begun.isRefused()) throw new IOException("No new session");
        session = begun;
        life = lives.begin(root + "/" + name() + "-" + this.begun++, begun.timeoutMs());
        mayExist = false;
        writesLeft = 1 + chance.nextInt(MOST_WRITES);
    }

    /** Goes on with the session at some server. False if it is told that the session has ended. */
    private boolean returned(Handshake former) throws IOException {
        RawClient client = connect();
        connection = client;
        Handshake again = client.attach(TIMEOUT_MS, former.sessionId(), former.password(), 0);
        if (!again.isRefused()) return true;
        isOver();
        return false;
    }

    private boolean write() throws IOException {
        Life mine = mine();
        long asked = System.nanoTime();
        boolean creates = !mayExist;
        mayExist = true;
        Reply reply = creates
                ? call(Op.CREATE, Body.create(mine.path(), new byte[0], EPHEMERAL))
                : call(Op.SET_DATA, Body.setData(mine.path(), new byte[] {1}, -1));
        return switch (reply.error()) {
            case Errors.OK -> {
                mine.wrote(asked);
                yield true;
            }
            case Errors.NO_NODE -> {
                // Of a create of which nothing was heard: it did not happen. Of any other: it is gone, and that must be
                // for a reason.
                lives.saw(mine, false, asked);
                mayExist = false;
                yield false;
            }
            case Errors.NODE_EXISTS -> throw new AssertionError(mine.path() + " is somebody else's");
            case SESSION_EXPIRED -> {
                isOver();
                yield false;
            }
            case SESSION_MOVED -> throw new IOException("The session has moved");
            default -> throw new AssertionError(mine.path() + " was answered with error " + reply.error());
        };
    }

    private Reply call(int op, Body body) throws IOException {
        if (connection == null) throw new IOException("Not connected");
        return connection.call(op, body);
    }

    private Life mine() {
        if (life == null) throw new IllegalStateException("No session was begun");
        return life;
    }

    private void isOver() {
        mine().isRefused();
        forget();
    }

    /** Half of them say goodbye; when that is answered, the session and its ephemeral are no more. */
    private void endSession() throws IOException {
        Life mine = mine();
        if (chance.nextBoolean()) {
            mine.endsNow();
            try {
                if (call(Op.CLOSE_SESSION, Body.empty()).error() == Errors.OK) mine.hasEnded();
            } catch (IOException unknown) {
                // It has ended, or it will end by itself.
            }
        }
        forget();
    }

    private void forget() {
        disconnect();
        session = null;
    }

    private void disconnect() {
        if (connection != null) connection.close();
        connection = null;
    }

    @Override
    public void close() {
        disconnect();
    }
}
