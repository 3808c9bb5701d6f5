package io.pando.server.core;

import io.pando.session.lifetime.ExpiryWheel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which sessions were silent for their whole timeout. A leader that is cut off hears nobody, does not know it at once, and what it
 * proposes then may be committed later. So nobody is called silent before a quorum has confirmed that this server still led when the
 * session's time was up, and whoever was heard of meanwhile is not.
 *
 * <pre>
 *   watched ─its time is up─▶ asked about ─confirmed, nothing heard─▶ silent
 *      ▲                          │
 *      └────── heard of ──────────┘
 * </pre>
 *
 * <p>All whose time is up at one look share one question. Core thread.
 */
final class Expiry {
    private static final Logger log = LoggerFactory.getLogger(Expiry.class);

    private final ExpiryWheel<Session> wheel;
    private final Ticks ticks;
    private final Deque<Suspect> suspects = new ArrayDeque<>(); // in the order of their questions
    private long lastTickMs;
    private long question;

    /**
     * A session whose time was up.
     *
     * @param question the number of the one that a quorum has to answer
     * @param heardMs when it had been heard of last
     */
    private record Suspect(Session session, long question, long heardMs) {}

    Expiry(int tickMs, Ticks ticks) {
        this.wheel = new ExpiryWheel<>(tickMs);
        this.ticks = ticks;
    }

    /** From now on ticks are due. */
    void begin(long monotonicMs) {
        lastTickMs = monotonicMs;
        takeBackQuestions();
    }

    /** Nobody is to be called silent because of what was asked before; who has to be watched again is told by {@link #watch}. */
    void takeBackQuestions() {
        suspects.clear();
    }

    /** The session is alive; if it was watched already, its deadline is counted anew. */
    void watch(Session session) {
        wheel.put(session);
    }

    /** The session is over. */
    void forget(Session session) {
        wheel.remove(session);
        if (!suspects.isEmpty()) {
            suspects.removeIf(suspect -> suspect.session().equals(session));
        }
    }

    /**
     * Looks at the clock. If that comes late, the server itself stood still and could hear nobody: no silence during that time
     * counts.
     *
     * @return whether the time of some is up, and a quorum is to be asked {@link #question}
     */
    boolean tick(long monotonicMs) {
        long lateMs = monotonicMs - lastTickMs - ticks.everyMs();
        lastTickMs = monotonicMs;
        if (lateMs > ticks.pauseMs()) {
            log.warn("This server paused for about {} ms; sessions are given that time back", lateMs);
            wheel.postpone(monotonicMs, lateMs);
        }
        return suspect(wheel.expire(monotonicMs));
    }

    private boolean suspect(List<Session> due) {
        long next = question + 1;
        for (Session session : due) {
            if (session.isClosing()) {
                wheel.put(session); // that may come to nothing yet
            } else {
                suspects.add(new Suspect(session, next, session.lastHeardMs()));
                question = next;
            }
        }
        return question == next;
    }

    /** The number of the newest question whether this server leads; they are counted up. */
    long question() {
        return question;
    }

    /**
     * The sessions that were silent, now that questions were answered: each is told once, and not watched any more.
     *
     * @param answered the number of the newest question that a quorum has answered with yes
     */
    List<Session> takeSilent(long answered) {
        if (suspects.isEmpty() || suspects.element().question() > answered) {
            return List.of();
        }
        List<Session> silent = new ArrayList<>();
        while (!suspects.isEmpty() && suspects.element().question() <= answered) {
            Suspect suspect = suspects.remove();
            boolean goesOn = suspect.session().isClosing() || suspect.session().lastHeardMs() != suspect.heardMs();
            if (goesOn) {
                wheel.put(suspect.session());
            } else {
                silent.add(suspect.session());
            }
        }
        return silent;
    }
}
