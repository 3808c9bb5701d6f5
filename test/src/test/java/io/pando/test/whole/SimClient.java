package io.pando.test.whole;

import io.pando.datatree.Id;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WriteRequest;
import io.pando.zab.sim.SimFailure;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client: one session after another, each on one connection after another. What it does there is up to its {@link Habits}, what it asks
 * for to its {@link Wishes}.
 */
final class SimClient {
    private static final long LOOK_NANOS = 50_000_000;

    private final int number;
    private final World world;
    private final SplittableRandom random;
    private final Wishes wishes;
    private final Habits habits;
    private @Nullable Secrets secrets;
    private boolean contentToRead;
    private ClientSession session;
    private @Nullable ClientEnd end;

    SimClient(int number, World world, SplittableRandom random) {
        this.number = number;
        this.world = world;
        this.random = random;
        this.wishes = new Wishes(number, random.split());
        this.habits = new Habits(this, world, random);
        this.session = new ClientSession(this, world);
    }

    int number() {
        return number;
    }

    /** Where it is in the network. */
    long address() {
        return -1L - number;
    }

    void begin() {
        reconnectSoon();
        look();
        habits.begin();
    }

    // ---- who it is

    /** From now on a server that is cut off is good enough. */
    void beContentToRead() {
        contentToRead = true;
    }

    boolean isContentToRead() {
        return contentToRead;
    }

    /** From now on it proves who it is, and keeps some things from others. */
    void keep(SplittableRandom chance) {
        secrets = new Secrets(number, chance);
    }

    List<Id> identities() {
        return secrets == null ? List.of() : secrets.identities();
    }

    /** What it says on every connection before it asks for anything; null if it has nothing to prove. */
    SessionRequest.@Nullable Auth proof() {
        return secrets == null ? null : secrets.proof();
    }

    /** What it asks for next. */
    List<Request> wishes() {
        List<Request> next = wishes.next();
        return secrets == null ? next : secrets.keptIn(next);
    }

    private void beSomebodyElse() {
        session = new ClientSession(this, world);
        wishes.forget();
    }

    // ---- connections

    private void reconnectSoon() {
        world.scheduler().in(random.nextLong(100_000_000), this::connect);
    }

    private void connect() {
        if (end == null) {
            List<SimServer> all = List.copyOf(world.servers());
            connect(all.get(random.nextInt(all.size())));
        }
    }

    private void connect(SimServer chosen) {
        world.trace(toString(), "connects with " + chosen);
        ClientEnd opened =
                new ClientEnd(this, world, session, new Connection(world, random.split(), this, chosen.id()));
        end = opened;
        opened.greet();
    }

    void received(Connection from, byte[] bytes) {
        if (end != null && from.equals(end.connection())) {
            end.received(bytes);
        }
    }

    void disconnected(Connection lost) {
        if (end != null && lost.equals(end.connection())) {
            world.trace(toString(), "is disconnected");
            leave(end);
            reconnectSoon();
        }
    }

    private void leave(ClientEnd left) {
        if (session.readsAlone() && left.isAttached() && random.nextBoolean()) {
            session.moveOn();
        }
        end = null;
        world.coverage()
                .count(left.openRequests() == 0 ? "connections left idle" : "connections lost with open requests");
    }

    private void look() {
        world.scheduler().in(LOOK_NANOS, this::look);
        ClientEnd mine = end;
        if (mine == null || habits.isDozing()) {
            return;
        }
        if (mine.isInVain()) {
            world.trace(toString(), "gives up server " + serverId());
            mine.connection().close();
            leave(mine);
            reconnectSoon();
        } else {
            mine.pingIfDue();
        }
    }

    /** Goes to another server; the one before may or may not hear of it. */
    void move() {
        ClientEnd before = end;
        if (before != null) {
            if (random.nextBoolean()) {
                wishes.next().forEach(before::ask);
                before.connection().forget();
            } else {
                before.connection().close();
            }
            leave(before);
            connect();
        }
    }

    /** Comes as somebody new to a server that is cut off. */
    void visit(SimServer server) {
        ClientEnd before = end;
        if (habits.isDozing() || (before != null && before.openRequests() != 0)) {
            return;
        }
        if (before != null) {
            before.connection().forget();
            leave(before);
        }
        beSomebodyElse();
        connect(server);
    }

    /** Goes without a word, and is somebody else when it is back. */
    void vanish() {
        world.coverage().count("clients vanished");
        ClientEnd before = end;
        if (before != null) {
            before.connection().forget();
            leave(before);
        }
        beSomebodyElse();
        reconnectSoon();
    }

    // ---- sessions

    /** Asks for the end of its session. */
    void close() {
        if (end == null) {
            throw new IllegalStateException("Not connected");
        }
        end.closeSession();
    }

    /** A server says that there is no such session. */
    void sessionIsOver(ClientEnd at) {
        world.trace(toString(), "is told that its session is over");
        world.coverage().count("sessions told to be over");
        if (session.id() == 0) {
            throw new SimFailure(this + " is refused a new session");
        }
        at.connection().close();
        leave(at);
        if (session.readsAlone()) {
            session.moveOn();
        } else {
            world.oracle().sessions().rejected(session.id());
            beSomebodyElse();
        }
        reconnectSoon();
    }

    void answered(ClientEnd at, Request request, Answer answer) {
        wishes.learn(request, answer);
        if (request instanceof WriteRequest.CloseSession) {
            at.connection().close();
            leave(at);
            beSomebodyElse();
            reconnectSoon();
        }
    }

    void fallSilent() {
        habits.fallSilent();
    }

    // ---- how it stands

    /** Where it is connected, or is about to be; null if it is nowhere. */
    @Nullable
    ClientEnd end() {
        return end;
    }

    /** The server that it is connected with, or is about to be; -1 if there is none. */
    long serverId() {
        return end == null ? -1 : end.connection().serverId();
    }

    long sessionId() {
        return session.id();
    }

    /** Whether it has a session that all servers know, and is awake. */
    boolean isAttached() {
        return end != null && end.isCaughtUp() && !session.readsAlone() && !habits.isDozing();
    }

    boolean isIdle() {
        return isAttached() && end != null && end.openRequests() == 0;
    }

    boolean isReadingAlone() {
        return end != null && end.isAttached() && session.readsAlone();
    }

    @Override
    public String toString() {
        return "client " + number;
    }

    String standing() {
        return this + ": session 0x" + Long.toHexString(session.id())
                + (end != null && end.isAttached() ? " attached, " : " not attached, ")
                + (end == null ? 0 : end.openRequests()) + " open requests, " + session.watches();
    }
}
