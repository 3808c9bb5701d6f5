package io.pando.test.whole;

import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.SimFailure;

/** What a client has of its session, and takes with it from one connection to the next: also what it has seen and watches. */
final class ClientSession {
    private final SimClient client;
    private final World world;
    private final WatchBook watches;
    private long id;
    private byte[] password = new byte[16];
    private int timeoutMs;
    private boolean readsAlone; // of a server that is cut off, or did so last
    private long lastZxid;
    private int lastXid;

    /** None yet: the first server that it is connected with gives it one. */
    ClientSession(SimClient client, World world) {
        this.client = client;
        this.world = world;
        this.watches = new WatchBook(world.oracle(), client::identities);
    }

    /** What it says first on a connection. */
    ConnectRequest request() {
        return new ConnectRequest(
                0, lastZxid, world.profile().sessionMs(), id, password, client.isContentToRead(), true);
    }

    /**
     * A server has given it, or has given it back.
     *
     * @param floor the newest zxid that anybody had been told of when the client asked
     */
    void given(ConnectResponse response, long serverId, long floor) {
        if (id != 0 && id != response.sessionId()) {
            throw new SimFailure(client + " is given another session");
        }
        world.trace(client.toString(), "has session 0x" + Long.toHexString(response.sessionId()));
        if (response.readOnly()) {
            readAlone(response.sessionId(), serverId);
        } else {
            world.coverage().count(id == 0 ? "sessions given" : "sessions taken up again");
            world.oracle().sessions().attached(response.sessionId(), floor);
        }
        id = response.sessionId();
        byte[] proof = response.password();
        password = proof == null ? password : proof;
        timeoutMs = response.timeoutMs();
    }

    private void readAlone(long given, long serverId) {
        if (!client.isContentToRead() || (id != 0 && !readsAlone)) {
            throw new SimFailure(client + " is to be content with reading, and asked for more");
        }
        readsAlone = true;
        world.oracle().readers().attached(given, serverId);
    }

    /** Nobody else knows the session of a reader; what it has seen and watched it takes with it, as to any other server. */
    void moveOn() {
        world.coverage().count("readers that move on");
        id = 0;
        password = new byte[16];
        readsAlone = false;
    }

    /** It is told of this zxid, and never of an older one after that. */
    void see(long zxid, Object what) {
        if (zxid < lastZxid) {
            throw new SimFailure(client + " is told of " + Zxid.toString(zxid) + " behind " + Zxid.toString(lastZxid)
                    + " by " + what);
        }
        lastZxid = zxid;
        world.oracle().told(zxid);
    }

    int nextXid() {
        return ++lastXid;
    }

    long lastZxid() {
        return lastZxid;
    }

    /** 0 if it has none. */
    long id() {
        return id;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    boolean readsAlone() {
        return readsAlone;
    }

    WatchBook watches() {
        return watches;
    }
}
