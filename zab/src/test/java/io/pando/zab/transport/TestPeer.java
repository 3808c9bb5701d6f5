package io.pando.zab.transport;

import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.ListedMembers;
import io.pando.zab.message.Message;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A server of which there is only the transport, and a record of what it was told. */
final class TestPeer implements AutoCloseable, LinkListener {
    static final UUID CLUSTER = new UUID(1, 2);
    private static final int PATIENCE_S = 20;
    private static final long POLL_NANOS = 200_000;

    /** What the listener was told. */
    sealed interface Told {
        record Up(Link link, Hello hello) implements Told {}

        record Received(Link link, Message message) implements Told {}

        record Down(Link link, String why) implements Told {}
    }

    final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    final AtomicReference<Hello> hello;
    final NettyPeerTransport transport;
    private final LoopThread thread = new LoopThread("test-peer", Duration.ZERO);
    private final long id;
    private volatile boolean full;

    private TestPeer(long id, Hello hello, UnaryOperator<TransportConfig> changes, int port, NameResolver resolver)
            throws IOException {
        this.id = id;
        this.hello = new AtomicReference<>(hello);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        transport = NettyPeerTransport.open(
                changes.apply(TransportConfig.of(id, any)), thread.loop(), this.hello::get, this, resolver);
    }

    static TestPeer of(long id) throws IOException {
        return of(id, CLUSTER, changes -> changes);
    }

    static TestPeer of(long id, UUID cluster, UnaryOperator<TransportConfig> changes) throws IOException {
        return new TestPeer(id, helloOf(id, cluster), changes, 0, InetAddress::getAllByName);
    }

    static TestPeer at(long id, int port) throws IOException {
        return new TestPeer(id, helloOf(id, CLUSTER), changes -> changes, port, InetAddress::getAllByName);
    }

    static TestPeer resolving(long id, NameResolver resolver) throws IOException {
        return new TestPeer(id, helloOf(id, CLUSTER), changes -> changes, 0, resolver);
    }

    static Hello helloOf(long id, UUID cluster) {
        return new Hello(cluster, id, new UUID(9, id), 100 + id, FrameLimits.DEFAULT.recordBytes(), ListedMembers.NONE);
    }

    int port() {
        return transport.address().getPort();
    }

    Member member() {
        return memberAt(id, "127.0.0.1", port());
    }

    static Member memberAt(long id, String host, int port) {
        return Member.parse(id, host + ":" + port + ":1");
    }

    static Membership all(Member... members) {
        return new Membership(0, List.of(members));
    }

    /** Refuses all messages from now on, or not. */
    void full(boolean value) {
        full = value;
    }

    @Override
    public void up(Link link, Hello theirs) {
        told.add(new Told.Up(link, theirs));
    }

    @Override
    public boolean received(Link link, Message message) {
        return !full && told.add(new Told.Received(link, message));
    }

    @Override
    public void down(Link link, String why) {
        told.add(new Told.Down(link, why));
    }

    Told next() throws InterruptedException {
        Told next = told.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Server " + id + " was told nothing in " + PATIENCE_S + " s");
        }
        return next;
    }

    Told.Up nextUp() throws InterruptedException {
        return (Told.Up) next();
    }

    Told.Down nextDown() throws InterruptedException {
        return (Told.Down) next();
    }

    /** What is told up to and including the first link that comes up. */
    Told.Up awaitUp() throws InterruptedException {
        while (true) {
            if (next() instanceof Told.Up up) {
                return up;
            }
        }
    }

    /** The next so many messages. */
    List<Message> messages(int count) throws InterruptedException {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(((Told.Received) next()).message());
        }
        return messages;
    }

    void say(Link link, Message message) {
        transport.send(link, message);
        transport.flush();
    }

    static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_S).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited for " + PATIENCE_S + " s in vain");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Something that comes true in the end. */
    interface Condition {
        boolean holds() throws Exception;
    }

    @Override
    public void close() {
        transport.close();
    }
}
