package io.pando.test.whole;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pando.datatree.ErrorCode;
import io.pando.datatree.Id;
import io.pando.session.ConnectRequest;
import io.pando.session.ConnectResponse;
import io.pando.session.ReadRequest;
import io.pando.session.Reply;
import io.pando.session.ReplyHeader;
import io.pando.session.Request;
import io.pando.session.SessionRequest;
import io.pando.session.WatchEvent;
import io.pando.session.WatchRequest;
import io.pando.session.WriteRequest;
import io.pando.session.Xids;
import io.pando.session.wire.Frames;
import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;
import io.pando.zab.model.Zxid;
import io.pando.zab.sim.SimFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client: one session after another, each on one connection after another, with requests and watches by chance. */
final class SimClient {
    private static final long LOOK_NANOS = 50_000_000;
    private static final long CONNECT_MS = 500;

    private final int number;
    private final World world;
    private final SplittableRandom random;
    private final Wishes wishes;
    private final Deque<Op> open = new ArrayDeque<>();
    private @Nullable Connection connection;
    private @Nullable ByteBuf arrived;
    private boolean attached;
    private boolean silent;
    private boolean dozing;
    private boolean contentToRead;
    private @Nullable Secrets secrets;
    private boolean readsAlone; // of a server that is cut off, or did so last
    private long sessionId;
    private byte[] password = new byte[16];
    private int timeoutMs;
    private long lastZxid;
    private int lastXid;
    private long floorAtConnect;
    private long heardMs;
    private long sentMs;
    private WatchBook watches;
    private WatchRequest.@Nullable SetWatches settingAgain;

    SimClient(int number, World world, SplittableRandom random) {
        this.number = number;
        this.world = world;
        this.random = random;
        this.wishes = new Wishes(number, random.split());
        this.watches = new WatchBook(world.oracle(), this::identities);
        this.timeoutMs = world.profile().sessionMs();
    }

    /** Where it is in the network. */
    long address() {
        return -1L - number;
    }

    void begin() {
        reconnectSoon();
        look();
        think();
    }

    // ---- connections

    private void reconnectSoon() {
        world.scheduler().in(random.nextLong(100_000_000), this::connect);
    }

    private void connect() {
        if (connection == null) {
            List<SimServer> all = List.copyOf(world.servers());
            connect(all.get(random.nextInt(all.size())));
        }
    }

    private void connect(SimServer chosen) {
        world.trace(toString(), "connects with " + chosen);
        Connection opened = new Connection(world, random.split(), this, chosen.id());
        connection = opened;
        arrived = Unpooled.buffer();
        attached = false;
        heardMs = world.nowMs();
        floorAtConnect = world.oracle().newestTold();
        ByteBuf frame = Unpooled.buffer();
        new ConnectRequest(0, lastZxid, world.profile().sessionMs(), sessionId, password, contentToRead, true)
                .writeFrame(new WireWriter(frame));
        opened.send(ByteBufUtil.getBytes(frame));
        sentMs = world.nowMs();
    }

    void disconnected(Connection lost) {
        if (lost.equals(connection)) {
            world.trace(toString(), "is disconnected");
            leave();
            reconnectSoon();
        }
    }

    private void leave() {
        if (readsAlone && attached && random.nextBoolean()) {
            moveOn();
        }
        connection = null;
        attached = false;
        settingAgain = null;
        world.coverage().count(open.isEmpty() ? "connections left idle" : "connections lost with open requests");
        open.clear();
    }

    /** Goes to another server; the one before may or may not hear of it. */
    void move() {
        Connection before = connection;
        if (before != null) {
            if (random.nextBoolean()) {
                wishes.next().forEach(this::ask);
                before.forget();
            } else {
                before.close();
            }
            leave();
            connect();
        }
    }

    /** From now on a server that is cut off is good enough. */
    void beContentToRead() {
        contentToRead = true;
    }

    /** From now on it proves who it is, and keeps some things from others. */
    void keep(SplittableRandom chance) {
        secrets = new Secrets(number, chance);
    }

    private List<Id> identities() {
        return secrets == null ? List.of() : secrets.identities();
    }

    /** Comes as somebody new to a server that is cut off. */
    void visit(SimServer server) {
        if (dozing || !open.isEmpty()) {
            return;
        }
        Connection before = connection;
        if (before != null) {
            before.forget();
            leave();
        }
        beSomebodyElse();
        connect(server);
    }

    boolean isReadingAlone() {
        return readsAlone && attached;
    }

    /** Nobody else knows the session that it had; what it has seen and watched it takes with it, as to any other server. */
    private void moveOn() {
        world.coverage().count("readers that move on");
        sessionId = 0;
        password = new byte[16];
        readsAlone = false;
    }

    /** Vanishes without a word, and is somebody else when it is back. */
    private void vanish() {
        world.coverage().count("clients vanished");
        if (connection != null) {
            connection.forget();
            leave();
        }
        beSomebodyElse();
        reconnectSoon();
    }

    private void beSomebodyElse() {
        sessionId = 0;
        password = new byte[16];
        lastZxid = 0;
        lastXid = 0;
        readsAlone = false;
        watches = new WatchBook(world.oracle(), this::identities);
        wishes.forget();
    }

    private void look() {
        world.scheduler().in(LOOK_NANOS, this::look);
        Connection mine = connection;
        if (mine == null || dozing) {
            return;
        }
        long patienceMs = attached ? timeoutMs * 2L / 3 : CONNECT_MS;
        if (world.nowMs() - heardMs > patienceMs) {
            world.trace(toString(), "gives up server " + mine.serverId());
            mine.close();
            leave();
            reconnectSoon();
        } else if (attached && world.nowMs() - sentMs > timeoutMs / 3) {
            send(Xids.PING, new SessionRequest.Ping());
        }
    }

    // ---- requests

    private void think() {
        world.scheduler().in(World.exponential(random, world.profile().thinkNanos()), () -> {
            think();
            if (!silent && !dozing && attached && open.size() < world.profile().window()) {
                doSomething();
            }
        });
    }

    private void doSomething() {
        int what = random.nextInt(400);
        if (what == 0 && !world.isMended()) {
            vanish();
        } else if (what == 1 && !world.isMended()) {
            close();
        } else if (what <= 5 && !world.isMended()) {
            doze();
        } else if (what < 9) {
            move();
        } else {
            List<Request> next = wishes.next();
            (secrets == null ? next : secrets.keptIn(next)).forEach(this::ask);
        }
    }

    /** Asks for the end of its session. */
    void close() {
        if (!readsAlone) {
            world.oracle().sessions().closeAsked(sessionId);
        }
        ask(new WriteRequest.CloseSession());
        attached = false; // nothing more is asked
    }

    /** Gives no sign of life until it is nearly too late, or a little later, and then says good-bye. */
    private void doze() {
        Connection mine = connection;
        dozing = true;
        long nanos = timeoutMs * 950_000L + random.nextLong(400_000_000);
        world.scheduler().in(nanos, () -> {
            dozing = false;
            if (attached && mine != null && mine.equals(connection)) {
                world.coverage().count("good-byes at the last moment");
                close();
            }
        });
    }

    private void ask(Request request) {
        Op op = world.oracle()
                .asked(new Op(
                        number,
                        sessionId,
                        ++lastXid,
                        request,
                        identities(),
                        world.oracle().newestTold()));
        open.add(op);
        send(op.xid(), request);
    }

    private void send(int xid, Request request) {
        if (connection == null) {
            throw new IllegalStateException("Not connected");
        }
        ByteBuf frame = Unpooled.buffer();
        request.writeFrame(xid, new WireWriter(frame));
        connection.send(ByteBufUtil.getBytes(frame));
        sentMs = world.nowMs();
    }

    // ---- answers

    void received(Connection from, byte[] bytes) {
        if (!from.equals(connection) || arrived == null) {
            return;
        }
        heardMs = world.nowMs();
        arrived.writeBytes(bytes);
        try {
            for (int end = Frames.completeAt(arrived, 1 << 20);
                    from.equals(connection) && end != Frames.INCOMPLETE;
                    end = Frames.completeAt(arrived, 1 << 20)) {
                arrived.skipBytes(Frames.LENGTH_BYTES);
                frame(new WireReader(arrived, end));
                arrived.readerIndex(end);
            }
        } catch (MarshallingException e) {
            throw new SimFailure(this + " can't read what it is told", e);
        }
    }

    private void frame(WireReader in) throws MarshallingException {
        if (!attached && !isClosing()) {
            handshake(ConnectResponse.read(in));
            return;
        }
        ReplyHeader header = ReplyHeader.read(in);
        if (header.xid() == Xids.NOTIFICATION) {
            event(header.zxid(), WatchEvent.read(in));
            return;
        }
        if (header.xid() == Xids.AUTH) {
            if (header.err() != 0) {
                throw new SimFailure(this + " is not believed: " + header);
            }
            world.coverage().count("clients that have proven who they are");
            return;
        }
        see(header.zxid(), header);
        switch (header.xid()) {
            case Xids.PING -> watches.told(header.zxid(), "a ping");
            case Xids.SET_WATCHES -> {
                if (settingAgain == null) {
                    throw new SimFailure("Nobody has set watches again");
                }
                watches.setAgainAt(header.zxid(), settingAgain);
                settingAgain = null;
                world.coverage().count("watches set again");
            }
            default -> answer(header, in);
        }
    }

    private boolean isClosing() {
        return !open.isEmpty() && open.getLast().request() instanceof WriteRequest.CloseSession;
    }

    private void see(long zxid, Object what) {
        if (zxid < lastZxid) {
            throw new SimFailure(
                    this + " is told of " + Zxid.toString(zxid) + " behind " + Zxid.toString(lastZxid) + " by " + what);
        }
        lastZxid = zxid;
        world.oracle().told(zxid);
    }

    private void handshake(ConnectResponse response) {
        if (response.timeoutMs() <= 0) {
            world.trace(toString(), "is told that its session is over");
            world.coverage().count("sessions told to be over");
            if (sessionId == 0) {
                throw new SimFailure(this + " is refused a new session");
            }
            if (connection != null) {
                connection.close();
            }
            leave();
            if (readsAlone) {
                moveOn();
            } else {
                world.oracle().sessions().rejected(sessionId);
                beSomebodyElse();
            }
            reconnectSoon();
            return;
        }
        if (sessionId != 0 && sessionId != response.sessionId()) {
            throw new SimFailure(this + " is given another session");
        }
        world.trace(toString(), "has session 0x" + Long.toHexString(response.sessionId()));
        if (response.readOnly()) {
            readAlone(response.sessionId());
        } else {
            world.coverage().count(sessionId == 0 ? "sessions given" : "sessions taken up again");
            world.oracle().sessions().attached(response.sessionId(), floorAtConnect);
        }
        sessionId = response.sessionId();
        byte[] given = response.password();
        password = given == null ? password : given;
        timeoutMs = response.timeoutMs();
        attached = true;
        SessionRequest.Auth proof = secrets == null ? null : secrets.proof();
        if (proof != null) {
            send(Xids.AUTH, proof);
        }
        if (!watches.isEmpty()) {
            WatchRequest.SetWatches again = watches.setAgain(lastZxid);
            settingAgain = again;
            send(Xids.SET_WATCHES, again);
        } else {
            watches.setAgain(lastZxid);
        }
    }

    private void readAlone(long given) {
        if (!contentToRead || (sessionId != 0 && !readsAlone)) {
            throw new SimFailure(this + " is to be content with reading, and asked for more");
        }
        readsAlone = true;
        world.oracle().readers().attached(given, serverId());
    }

    private void event(long zxid, WatchEvent event) {
        world.coverage().count("event " + event.type() + (zxid == -1 ? ", caught up" : ""));
        if (zxid != -1) {
            see(zxid, event);
        }
        watches.event(zxid, event);
    }

    private void answer(ReplyHeader header, WireReader in) throws MarshallingException {
        Op op = open.poll();
        if (op == null || op.xid() != header.xid()) {
            throw new SimFailure(this + " is given " + header + " as the answer to " + op);
        }
        Answer answer = header.err() == 0 ? Answer.of(Reply.read(op.request().op(), in)) : new Answer(header.err(), "");
        watches.told(header.zxid(), op);
        world.coverage().count("answers to " + op.request().op() + (answer.code() == 0 ? "" : ", refused"));
        if (answer.code() == ErrorCode.NO_AUTH.code()) {
            world.coverage()
                    .count("refused for want of permission: " + op.request().op());
        }
        world.oracle().answered(op, header.zxid(), answer);
        learn(op.request(), answer);
    }

    private void learn(Request request, Answer answer) {
        boolean ok = answer.code() == 0;
        switch (request) {
            case ReadRequest.GetData get when get.watch() && ok -> watches.watchData(get.path(), true);
            case ReadRequest.Exists exists
            when exists.watch() && (ok || answer.code() == ErrorCode.NO_NODE.code()) ->
                watches.watchData(exists.path(), ok);
            case ReadRequest.GetChildren get when get.watch() && ok -> watches.watchChildren(get.path());
            case ReadRequest.GetChildren2 get when get.watch() && ok -> watches.watchChildren(get.path());
            case WatchRequest.AddWatch add -> {
                switch (add.mode()) {
                    case PERSISTENT -> watches.watchPersistently(add.path());
                    case PERSISTENT_RECURSIVE -> watches.watchRecursively(add.path());
                }
            }
            case WriteRequest.CloseSession close -> {
                if (connection != null) {
                    connection.close();
                }
                leave();
                beSomebodyElse();
                reconnectSoon();
            }
            default -> wishes.learn(request, answer);
        }
    }

    // ---- the end

    boolean isAttached() {
        return attached && !readsAlone && settingAgain == null && !dozing;
    }

    boolean isIdle() {
        return isAttached() && open.isEmpty();
    }

    long sessionId() {
        return sessionId;
    }

    /** The server that it is connected with, or is about to be; -1 if there is none. */
    long serverId() {
        return connection == null ? -1 : connection.serverId();
    }

    void fallSilent() {
        silent = true;
    }

    @Override
    public String toString() {
        return "client " + number;
    }

    String standing() {
        return this + ": session 0x" + Long.toHexString(sessionId) + (attached ? " attached, " : " not attached, ")
                + open.size() + " open requests, " + watches;
    }
}
