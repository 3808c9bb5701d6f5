package io.pando.session.lifetime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * When, and for how long, the server itself could not listen. Silence of a session during such a pause is not held
 * against it. Those long past are forgotten.
 */
final class Pauses {
    private final Deque<Pause> oldestFirst = new ArrayDeque<>();
    private long totalMs;

    void add(long endMs, long lengthMs) {
        oldestFirst.addLast(new Pause(endMs, lengthMs));
        totalMs += lengthMs;
    }

    /** How much of the time since {@code momentMs} was lost in pauses that ended later than that. */
    long lostSinceMs(long momentMs) {
        if (oldestFirst.isEmpty()) {
            return 0;
        }
        long lostMs = 0;
        Iterator<Pause> newestFirst = oldestFirst.descendingIterator();
        while (newestFirst.hasNext()) {
            Pause pause = newestFirst.next();
            if (pause.endMs <= momentMs) {
                break;
            }
            lostMs += pause.lengthMs;
        }
        return lostMs;
    }

    /** Forgets what no session can refer to: none that lives was silent for longer than this, pauses apart. */
    void forgetBefore(long nowMs, long longestSilenceMs) {
        while (!oldestFirst.isEmpty() && oldestFirst.getFirst().endMs < nowMs - longestSilenceMs - totalMs) {
            totalMs -= oldestFirst.removeFirst().lengthMs;
        }
    }

    private record Pause(long endMs, long lengthMs) {}
}
