package io.pando.zab.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.pando.zab.message.FrameLimits;
import io.pando.zab.message.Greeting;
import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.message.MessageCodec;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Links over TCP, all on one event loop: who belongs to the ensemble, which links there are and what becomes of their connections is
 * decided there alone. The core thread only fills outboxes. In production the two are one thread, so that nothing that is said changes
 * threads; here neither relies on it, since a server takes its first steps on the thread that starts it.
 */
public final class NettyPeerTransport implements PeerTransport {
    private static final Logger log = LoggerFactory.getLogger(NettyPeerTransport.class);

    /** Connections that have not said yet who they are; beyond them a newcomer is closed. */
    private static final int MAX_HANDSHAKES = 256;

    /** How often a server tries to reach those that should dial it, and have not. */
    private static final Duration KNOCK_EVERY = Duration.ofSeconds(1);

    private final TransportConfig config;
    private final Supplier<Hello> hello;
    private final LinkListener listener;
    private final Network network;
    private final InetSocketAddress address;
    private final Counters counters = new Counters();
    private final PausedLinks paused = new PausedLinks();
    private final LinkServices services;
    private final RandomGenerator chance = RandomGenerator.getDefault();

    // Written by the event loop, looked up by the core thread, which may find a link that ended a moment ago.
    private final Map<Link, PeerLink> links = new ConcurrentHashMap<>();

    // Core thread.
    private final List<PeerLink> unflushed = new ArrayList<>();

    // Event loop.
    private final Map<Long, PeerLink> byServer = new TreeMap<>();
    private final Map<Long, Dialer> dialers = new TreeMap<>();
    private @Nullable Membership members;
    private long lastNumber;
    private int handshakes;
    private boolean stopping;

    private NettyPeerTransport(
            TransportConfig config, EventLoop loop, Supplier<Hello> hello, LinkListener listener, NameResolver resolver)
            throws IOException {
        this.config = config;
        this.hello = hello;
        this.listener = listener;
        this.services = new Services();
        this.network = new Network(
                loop, "pando-peer-resolve", resolver, config.connectTimeout(), config.unacknowledgedTimeout());
        try {
            this.address = network.listen(config.listen(), this::accepted);
        } catch (IOException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Starts to listen.
     *
     * @param loop for all connections; goes on when this is closed
     * @param hello asked at every handshake, on the event loop: what a server knows about itself changes
     */
    public static NettyPeerTransport open(
            TransportConfig config, EventLoop loop, Supplier<Hello> hello, LinkListener listener) throws IOException {
        return open(config, loop, hello, listener, InetAddress::getAllByName);
    }

    /** The same, with another way to find hosts. */
    public static NettyPeerTransport open(
            TransportConfig config, EventLoop loop, Supplier<Hello> hello, LinkListener listener, NameResolver resolver)
            throws IOException {
        return new NettyPeerTransport(config, loop, hello, listener, resolver);
    }

    /** Where it listens; the port is the real one where 0 was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void connectTo(Membership membership) {
        network.run(() -> {
            if (!stopping) {
                forget(membership);
                remember(membership);
            }
        });
    }

    /** Drops the ways to those that are no longer there, or no longer where they were. */
    private void forget(Membership membership) {
        Membership before = members;
        if (before == null) {
            return;
        }
        for (Member old : before.members()) {
            Member now = membership.member(old.id());
            Dialer dialer = dialers.get(old.id());
            if (now == null) {
                drop(old.id(), "server " + old.id() + " is no longer a member");
            } else if (dialer != null && !dialer.leadsTo(now)) {
                drop(old.id(), "server " + old.id() + " is now at " + now.host() + ":" + now.peerPort());
            }
        }
    }

    private void drop(long serverId, String why) {
        Dialer dialer = dialers.remove(serverId);
        if (dialer != null) {
            dialer.stop();
        }
        PeerLink link = byServer.get(serverId);
        if (link != null) {
            link.finish(why);
        }
    }

    private void remember(Membership membership) {
        members = membership;
        for (Member member : membership.members()) {
            if (member.id() > config.serverId()) {
                dialers.computeIfAbsent(member.id(), id -> knocking(member));
            } else if (member.id() < config.serverId()) {
                Duration longestWait = longestWait(membership, member);
                Dialer dialer = dialers.get(member.id());
                if (dialer == null) {
                    dialers.put(member.id(), dialing(member, longestWait));
                } else {
                    dialer.limitTo(longestWait);
                }
            }
        }
    }

    private Duration longestWait(Membership membership, Member member) {
        boolean both = member.isParticipant() && membership.isParticipant(config.serverId());
        return both ? config.maxRedial() : config.maxRedialOfOthers();
    }

    private Dialer dialing(Member member, Duration longestWait) {
        Backoff backoff = new Backoff(config.firstRedial(), longestWait, chance);
        Dialer dialer = dialer(member, backoff, Level.INFO);
        dialer.dial();
        return dialer;
    }

    /** A higher id dials this server, unless it doesn't know this one as a member: then it lets this one in. */
    private Dialer knocking(Member member) {
        Dialer knocker = dialer(member, new Backoff(KNOCK_EVERY, KNOCK_EVERY, chance), Level.DEBUG);
        knocker.dialLater();
        return knocker;
    }

    private Dialer dialer(Member member, Backoff backoff, Level complaints) {
        return new Dialer(
                member,
                network,
                hello,
                config.handshakeTimeout(),
                counters,
                backoff,
                complaints,
                () -> byServer.containsKey(member.id()),
                this::linked);
    }

    private boolean isDialed(long id) {
        return id < config.serverId() && dialers.containsKey(id);
    }

    private ChannelHandler accepted() {
        if (handshakes >= MAX_HANDSHAKES) {
            counters.connectionsRefused.increment();
            return new TurnedAway();
        }
        handshakes++;
        return Handshake.accepting(
                Greeting.Purpose.MESSAGES,
                hello.get(),
                config.handshakeTimeout(),
                new Handshake.Outcome() {
                    @Override
                    public void agreed(Channel channel, Hello theirs) {
                        linked(channel, theirs);
                    }

                    @Override
                    public void refused(Channel channel, String why) {
                        counters.connectionsRefused.increment();
                        log.debug("Refused {}: {}", channel.remoteAddress(), why);
                    }

                    @Override
                    public void left() {
                        handshakes--;
                    }
                },
                this::isDialed);
    }

    private void linked(Channel channel, Hello theirs) {
        PeerLink before = byServer.get(theirs.serverId());
        if (before != null) {
            before.end("a newer one replaces it");
        }
        if (stopping) {
            channel.close();
            return;
        }
        lastNumber++;
        Link link = new Link(theirs.serverId(), lastNumber);
        PeerLink peer = new PeerLink(link, channel, services);
        byServer.put(theirs.serverId(), peer);
        links.put(link, peer);
        counters.linksUp.increment();
        log.info("Linked with server {} at {}", theirs.serverId(), channel.remoteAddress());
        listener.up(link, theirs);
        peer.begin();
    }

    private void unlinked(PeerLink peer, String why) {
        Link link = peer.link();
        links.remove(link);
        byServer.remove(link.serverId(), peer);
        counters.linksDown.increment();
        log.info("The link with server {} has ended: {}", link.serverId(), why);
        listener.down(link, why);
        Dialer dialer = dialers.get(link.serverId());
        if (dialer != null) {
            dialer.lost();
        }
    }

    @Override
    public void send(Link link, Message message) {
        PeerLink peer = links.get(link);
        if (peer == null) {
            counters.messagesDropped.increment();
        } else if (peer.send(message)) {
            unflushed.add(peer);
        }
    }

    @Override
    public void flush() {
        unflushed.forEach(PeerLink::flush);
        unflushed.clear();
    }

    @Override
    public void close(Link link, String why) {
        PeerLink peer = links.get(link);
        if (peer != null) {
            peer.flush();
            network.run(() -> peer.finish(why));
        }
    }

    @Override
    public void resumeReading() {
        if (paused.any()) {
            network.run(paused::readOn);
        }
    }

    @Override
    public TransportFigures figures() {
        return counters.figures();
    }

    @Override
    public void close() {
        network.run(() -> {
            stopping = true;
            dialers.values().forEach(Dialer::stop);
            dialers.clear();
            List.copyOf(byServer.values()).forEach(link -> link.end("this server stops"));
        });
        network.close();
    }

    /** Closes a connection unheard. */
    private static final class TurnedAway extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.close();
        }
    }

    /** What links need of their transport. */
    private final class Services implements LinkServices {
        private final MessageCodec codec = new MessageCodec(config.limits());

        @Override
        public MessageCodec codec() {
            return codec;
        }

        @Override
        public FrameLimits limits() {
            return config.limits();
        }

        @Override
        public long maxUnsentBytes() {
            return config.maxUnsentBytes();
        }

        @Override
        public LinkListener listener() {
            return listener;
        }

        @Override
        public Counters counters() {
            return counters;
        }

        @Override
        public PausedLinks paused() {
            return paused;
        }

        @Override
        public void run(Runnable task) {
            network.run(task);
        }

        @Override
        public void ended(PeerLink link, String why) {
            unlinked(link, why);
        }
    }
}
