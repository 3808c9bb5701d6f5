package io.pando.test.whole;

import io.pando.zab.message.Hello;
import io.pando.zab.message.Link;
import io.pando.zab.message.Message;
import io.pando.zab.model.Member;
import io.pando.zab.model.Membership;
import io.pando.zab.transport.LinkListener;
import io.pando.zab.transport.PeerTransport;
import io.pando.zab.transport.TransportFigures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The links of one server in one of its lives. */
final class SimTransport implements PeerTransport {
    private static final long PROBES_NANOS = 3 * World.SECOND;

    private final SimHost host;
    private final PeerLinks links;
    private final Supplier<Hello> hello;
    private final LinkListener listener;
    private final TreeMap<Long, End> ends = new TreeMap<>();
    private final List<End> unnoticed = new ArrayList<>();
    private final TreeSet<Long> wanted = new TreeSet<>();

    SimTransport(SimHost host, PeerLinks links, Supplier<Hello> hello, LinkListener listener) {
        this.host = host;
        this.links = links;
        this.hello = hello;
        this.listener = listener;
    }

    /** One end of a connection. */
    static final class End {
        private final SimTransport owner;
        private final Link link;
        private final Pipe out;
        private final List<Message> unflushed = new ArrayList<>();
        private final Deque<Message> refused = new ArrayDeque<>();
        private @Nullable End peer;
        private boolean open = true;

        End(SimTransport owner, long peerId, long number, Pipe out) {
            this.owner = owner;
            this.link = new Link(peerId, number);
            this.out = out;
        }

        void meet(End other) {
            peer = other;
            other.peer = this;
        }

        private End peer() {
            if (peer == null) {
                throw new IllegalStateException("Has no other end");
            }
            return peer;
        }

        /** The other end learns that this one is gone, once everything before has arrived. */
        private void tellPeer() {
            End other = peer();
            out.carry(() -> other.owner.host.now(() -> other.owner.down(other, "closed by the other end")));
        }
    }

    SimHost host() {
        return host;
    }

    boolean isLinkedWith(long id) {
        return ends.values().stream().anyMatch(end -> end.link.serverId() == id);
    }

    /** The other side's greeting is on its way. */
    void announce(End end) {
        End other = end.peer();
        Hello theirs = other.owner.hello.get();
        unnoticed.add(end);
        other.out.carry(() -> host.now(() -> up(end, theirs)));
    }

    private void up(End end, Hello theirs) {
        unnoticed.remove(end);
        if (!end.open) {
            return;
        }
        List.copyOf(ends.values()).stream()
                .filter(old -> old.link.serverId() == end.link.serverId())
                .forEach(old -> close(old, "replaced"));
        ends.put(end.link.number(), end);
        host.trace("is linked, " + end.link);
        listener.up(end.link, theirs);
    }

    private void down(End end, String why) {
        if (end.open) {
            end.open = false;
            if (ends.remove(end.link.number()) != null) {
                host.trace("is not linked any more, " + end.link + ": " + why);
                listener.down(end.link, why);
            }
            redial(end);
        }
    }

    private void redial(End end) {
        if (end.link.serverId() < host.serverId() && wanted.contains(end.link.serverId())) {
            links.dialLater(this, end.link.serverId());
        }
    }

    private void close(End end, String why) {
        if (end.open) {
            end.tellPeer();
            down(end, why);
        }
    }

    void reset(long other) {
        List.copyOf(ends.values()).stream()
                .filter(end -> end.link.serverId() == other)
                .forEach(end -> {
                    end.tellPeer();
                    End there = end.peer();
                    there.tellPeer();
                });
    }

    /** The process is gone: the others are told by its machine, if that still runs. */
    void die(boolean machineRuns) {
        ends.values().forEach(end -> die(end, machineRuns));
        ends.clear();
        unnoticed.forEach(end -> die(end, machineRuns)); // its machine has them
        unnoticed.clear();
    }

    private static void die(End end, boolean machineRuns) {
        end.open = false;
        if (machineRuns) {
            end.tellPeer();
        } else {
            end.out.lose();
            probeInVain(end.peer());
        }
    }

    /** Its kernel asks a machine that does not answer any more, or knows nothing of the connection. */
    private static void probeInVain(End end) {
        end.owner.host.later(PROBES_NANOS, () -> end.owner.down(end, "unreachable"));
    }

    @Override
    public void connectTo(Membership membership) {
        for (Member member : membership.members()) {
            if (member.id() != host.serverId() && wanted.add(member.id()) && member.id() < host.serverId()) {
                links.dialLater(this, member.id());
            }
        }
    }

    @Override
    public void send(Link link, Message message) {
        End end = ends.get(link.number());
        if (end != null) {
            count(message);
            end.unflushed.add(links.wire().carried(message));
        }
    }

    private void count(Message message) {
        switch (message) {
            case Message.Sync sync -> host.count("sync " + sync.mode());
            case Message.Reject reject -> host.count("reject " + reject.reason());
            case Message.Handover handover -> host.count("handovers told");
            default -> {}
        }
    }

    @Override
    public void flush() {
        for (End end : ends.values()) {
            flush(end);
        }
    }

    private void flush(End end) {
        End other = end.peer();
        for (Message message : end.unflushed) {
            end.out.carry(() -> arrive(end, other, message));
        }
        end.unflushed.clear();
    }

    private static void arrive(End from, End at, Message message) {
        SimHost there = at.owner.host;
        if (!there.hasEnded()) {
            there.now(() -> at.owner.arrived(at, message));
        } else if (there.isFollowedByAnother()) {
            // Its machine is back, and knows nothing of this connection.
            from.owner.host.later(0, () -> from.owner.down(from, "reset"));
        }
    }

    private void arrived(End end, Message message) {
        if (end.open && (!end.refused.isEmpty() || !listener.received(end.link, message))) {
            host.count("messages that a full inbox has no place for");
            end.refused.add(message);
        }
    }

    @Override
    public void close(Link link, String why) {
        End end = ends.get(link.number());
        if (end != null) {
            flush(end);
            host.later(0, () -> close(end, why));
        }
    }

    @Override
    public void resumeReading() {
        for (End end : ends.values()) {
            while (!end.refused.isEmpty() && listener.received(end.link, end.refused.element())) {
                end.refused.remove();
            }
        }
    }

    @Override
    public TransportFigures figures() {
        throw new UnsupportedOperationException("Nobody counts here");
    }

    @Override
    public void close() {
        die(true);
    }
}
