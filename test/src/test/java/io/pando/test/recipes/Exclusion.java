package io.pando.test.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pando.recipes.fencing.FencingToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches over something that one holds at a time: nobody comes while another is in, and nobody with a lower number than one before.
 * Readers may share it with each other, and with nobody else.
 */
final class Exclusion {
    private static final long VISIT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    // Guarded by this; visitors come on threads of their own.
    private final List<String> violations = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private long highest;
    private int inside;
    private int readers;
    private int most;

    void visit(FencingToken token) {
        enter(token);
        stay();
        leave();
    }

    /** By one who has no token. */
    void visit() {
        enter();
        stay();
        leave();
    }

    /** By one who only reads. */
    void visitAsReader() {
        enterAsReader();
        stay();
        leaveAsReader();
    }

    private synchronized void enterAsReader() {
        if (inside > 0) {
            violations.add("a reader came while " + inside + " wrote");
        }
        readers++;
    }

    private synchronized void leaveAsReader() {
        readers--;
    }

    /** Long enough for somebody who should not be here to be seen. */
    private static void stay() {
        LockSupport.parkNanos(VISIT_NANOS);
    }

    synchronized void enter(FencingToken token) {
        if (token.number() <= highest) {
            violations.add(token + " came after 0x" + Long.toHexString(highest));
        }
        if (readers > 0) {
            violations.add(token + " came while " + readers + " read");
        }
        highest = Math.max(highest, token.number());
        numbers.add(token.number());
        enter();
    }

    /** By one who has no token. */
    synchronized void enter() {
        inside++;
        most = Math.max(most, inside);
    }

    synchronized void leave() {
        inside--;
    }

    synchronized int visits() {
        return numbers.size();
    }

    synchronized int most() {
        return most;
    }

    synchronized void assertHeld() {
        assertEquals(List.of(), violations);
        assertEquals(1, most);
    }
}
