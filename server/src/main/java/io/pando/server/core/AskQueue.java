package io.pando.server.core;

import io.pando.datatree.Tree;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of this server have asked for and were not told yet. Each client is told in the order it asked, whichever is
 * settled first. Core thread.
 */
final class AskQueue {
    private final Admission admission;
    private final Map<Client, Own> byClient = new LinkedHashMap<>();
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private final Deque<Asked> forwarded = new ArrayDeque<>();
    private final Deque<Asked> barriers = new ArrayDeque<>();
    private long nextRequest = 1;
    private int size;

    AskQueue(Admission admission) {
        this.admission = admission;
    }

    /** What one client has asked for. */
    private static final class Own {
        final Deque<Asked> all = new ArrayDeque<>(4);
        int syncs;
    }

    /**
     * Takes in a wish; it waits until {@link #next} gives it out.
     *
     * <p>A sync leaves when everything that its client has asked for before is settled, and nothing that comes behind it leaves before
     * the sync is: so what it shows holds all of the former and none of the latter.
     *
     * @param admittedBytes to be released when nothing of it is left
     */
    void add(Client client, Ask ask, int admittedBytes) {
        Asked asked = new Asked(nextRequest++, client, ask, admittedBytes);
        Own own = byClient.computeIfAbsent(client, key -> new Own());
        own.all.add(asked);
        size++;
        if (ask instanceof Ask.Sync) {
            own.syncs++;
        }
        if (own.syncs == 0) {
            letGo(asked);
        } else {
            letGoInOrder(own);
        }
    }

    private void letGo(Asked asked) {
        asked.letGo = true;
        waiting.add(asked);
    }

    private void letGoInOrder(Own own) {
        for (Asked asked : own.all) {
            boolean sync = asked.ask instanceof Ask.Sync;
            if (sync && !asked.equals(own.all.element())) {
                return;
            }
            if (!asked.letGo) {
                letGo(asked);
            }
            if (sync) {
                return;
            }
        }
    }

    /** The oldest that has not left yet, or null. */
    @Nullable
    Asked next() {
        return waiting.peek();
    }

    /** All that have not left yet, {@link #next} first. */
    Collection<Asked> waiting() {
        return Collections.unmodifiableCollection(waiting);
    }

    /** What {@link #next} has given out is proposed by this server itself. */
    void proposed() {
        waiting.remove().underway = true;
    }

    /** What {@link #next} has given out is on its way to the leader. */
    void forwarded() {
        Asked asked = waiting.remove();
        asked.underway = true;
        forwarded.add(asked);
    }

    /** What {@link #next} has given out waits for a barrier with its number. */
    void barred() {
        barriers.add(waiting.remove());
    }

    /** The forwarded one with this number, which is not forwarded any more; null if it was given up. */
    @Nullable
    Asked takeForwarded(long request) {
        return take(forwarded, request);
    }

    /** The one whose barrier has passed or failed. */
    @Nullable
    Asked takeBarred(long request) {
        return take(barriers, request);
    }

    /** They come back in the order they went, nearly always. */
    private static @Nullable Asked take(Deque<Asked> from, long request) {
        for (Iterator<Asked> all = from.iterator(); all.hasNext(); ) {
            Asked asked = all.next();
            if (asked.request == request) {
                all.remove();
                return asked;
            }
        }
        return null;
    }

    /** Whoever was to confirm the barriers is gone: they are to be asked for again, before all that came later. */
    void askForBarriersAgain() {
        while (!barriers.isEmpty()) {
            waiting.addFirst(barriers.removeLast());
        }
    }

    /** Settles one, and tells its client whatever is settled up to there. */
    void settle(Asked asked, @Nullable Outbound answer) {
        release(asked);
        asked.settle(answer);
        Own own = byClient.get(asked.client);
        if (own == null) {
            return;
        }
        boolean someSyncs = own.syncs > 0;
        Tree shown = Tree.empty();
        while (!own.all.isEmpty() && own.all.element().isDone()) {
            shown = tell(own, own.all.remove(), shown);
        }
        if (own.all.isEmpty()) {
            byClient.remove(asked.client);
        } else if (someSyncs) {
            letGoInOrder(own);
        }
    }

    /** Returns what the client has been shown then; a refusal may have been settled long before what it is told behind. */
    private Tree tell(Own own, Asked settled, Tree shown) {
        size--;
        if (settled.ask instanceof Ask.Sync) {
            own.syncs--;
        }
        Outbound answer =
                settled.answer() instanceof Outbound.Refused refused ? refused.behind(shown) : settled.answer();
        if (answer == null) {
            return shown;
        }
        settled.client.send(answer);
        return shownBy(answer, shown);
    }

    private static Tree shownBy(Outbound answer, Tree before) {
        return switch (answer) {
            case Outbound.WriteReply reply -> reply.applied().tree();
            case Outbound.Synced synced -> synced.tree();
            case Outbound.Refused refused -> refused.tree();
            case Outbound.Ended ended -> ended.tree();
            case Outbound.Event event -> before;
            case Outbound.Attached attached -> before;
            case Outbound.Rejected rejected -> before;
            case Outbound.Dropped dropped -> before;
        };
    }

    /** Nothing will be said about this one: its client is about to be dropped. */
    void giveUp(Asked asked) {
        release(asked);
    }

    private void release(Asked asked) {
        admission.release(asked.takeAdmittedBytes());
    }

    /**
     * A client is gone: nobody has to be told. What is under way goes on, and takes room until it is settled.
     *
     * @return whether it wanted to end its session, and that never left
     */
    boolean forget(Client client) {
        Own own = byClient.remove(client);
        if (own == null) {
            return false;
        }
        boolean goodbyeLost = false;
        size -= own.all.size();
        waiting.removeAll(own.all);
        barriers.removeAll(own.all);
        for (Asked asked : own.all) {
            asked.abandoned = true;
            if (!asked.underway) {
                release(asked);
                goodbyeLost |= asked.ask instanceof Ask.Write write && write.endsSession();
            }
        }
        return goodbyeLost;
    }

    /** Whoever was to settle what is under way is gone, and so are the clients that have asked for it: {@link #inDoubt}. */
    void giveUpUnderway(Iterable<Asked> proposed) {
        forwarded.forEach(this::release);
        forwarded.clear();
        proposed.forEach(this::release);
    }

    /** Those whose wishes may or may not come true, now that their leader is gone. */
    Set<Client> inDoubt() {
        Set<Client> clients = new LinkedHashSet<>();
        byClient.forEach((client, own) -> {
            if (own.all.stream().anyMatch(asked -> asked.underway && !asked.isDone())) {
                clients.add(client);
            }
        });
        return clients;
    }

    /** All that ask for anything. */
    List<Client> clients() {
        return List.copyOf(byClient.keySet());
    }

    int size() {
        return size;
    }
}
