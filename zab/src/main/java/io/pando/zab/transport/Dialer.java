package io.pando.zab.transport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.Hello;
import io.pando.zab.model.Member;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps a link with one member: dials until there is one, and again when it is lost. Also where the other end is to dial, somebody has
 * to do it if the other end doesn't know this server yet. Event loop.
 */
final class Dialer {
    private static final Logger log = LoggerFactory.getLogger(Dialer.class);

    /** A link that ends sooner than this was not worth a fresh start: two servers may be refusing one another. */
    private static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Member member;
    private final Network network;
    private final Supplier<Hello> hello;
    private final Duration handshakeTimeout;
    private final Counters counters;
    private final Backoff backoff;
    private final Level complaints;
    private final BooleanSupplier linked;
    private final Connected connected;

    private @Nullable Future<?> next;
    private @Nullable String complaint;
    private long linkedAtNanos;
    private int attempt;
    private boolean stopped;

    /** Takes a connection over. */
    interface Connected {
        void linked(Channel channel, Hello hello);
    }

    Dialer(
            Member member,
            Network network,
            Supplier<Hello> hello,
            Duration handshakeTimeout,
            Counters counters,
            Backoff backoff,
            Level complaints,
            BooleanSupplier linked,
            Connected connected) {
        this.member = member;
        this.network = network;
        this.hello = hello;
        this.handshakeTimeout = handshakeTimeout;
        this.counters = counters;
        this.backoff = backoff;
        this.complaints = complaints;
        this.linked = linked;
        this.connected = connected;
    }

    /** Whether this is also the way to that member. */
    boolean leadsTo(Member other) {
        return member.host().equals(other.host()) && member.peerPort() == other.peerPort();
    }

    void limitTo(Duration longestWait) {
        backoff.limitTo(longestWait);
    }

    void dial() {
        next = null;
        if (linked.getAsBoolean()) {
            return; // the other end was faster; it is dialed again when that link is lost
        }
        network.dial(member.host(), member.peerPort(), attempt++, this::handshake, this::unreachable);
    }

    private Handshake handshake() {
        return Handshake.dialing(
                Greeting.Purpose.MESSAGES, hello.get(), member.id(), handshakeTimeout, new Handshake.Outcome() {
                    @Override
                    public void agreed(Channel channel, Hello theirs) {
                        if (stopped) {
                            channel.close();
                            return;
                        }
                        complaint = null;
                        linkedAtNanos = System.nanoTime();
                        connected.linked(channel, theirs);
                    }

                    @Override
                    public void refused(Channel channel, String why) {
                        counters.connectionsRefused.increment();
                        failed(why, why);
                    }
                });
    }

    private void unreachable(Throwable cause) {
        counters.dialsFailed.increment();
        failed(cause.getClass().getName(), cause.toString());
    }

    /** An attempt came to nothing. The log hears of it when things have changed, not each time. */
    private void failed(String kind, String why) {
        if (stopped) {
            return;
        }
        if (!kind.equals(complaint)) {
            complaint = kind;
            complain(why);
        }
        dialLater();
    }

    private void complain(String why) {
        // Asked first: to say nothing, the logger has a class that a start would have to look for in a library.
        if (log.isEnabledForLevel(complaints)) {
            log.atLevel(complaints)
                    .log(
                            "No link with server {} at {}:{}; trying on. {}",
                            member.id(),
                            member.host(),
                            member.peerPort(),
                            why);
        }
    }

    /** The link is no more, whoever brought it about. */
    void lost() {
        if (System.nanoTime() - linkedAtNanos > LASTING_NANOS) {
            backoff.reset();
        }
        dialLater();
    }

    void dialLater() {
        if (next != null) {
            next.cancel(false);
        }
        if (!stopped) {
            next = network.loop().schedule(this::dial, backoff.nextMs(), TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
