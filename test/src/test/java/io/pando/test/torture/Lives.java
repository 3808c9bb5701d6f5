package io.pando.test.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ephemeral znodes and the sessions they belong to, as their owners and others saw them. Told by the threads of all of these; the monitor
 * guards it. Times are those of {@link System#nanoTime}.
 */
final class Lives {
    private static final int RECENT = 8;
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Life> lives = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();

    /** One znode, and what its owner knows of its session. */
    final class Life {
        private final String path;
        private final long timeoutNanos;
        // When the first write was answered, when the last that was answered was asked for, when the end was asked for
        // and was certain.
        private long created = NEVER;
        private long heard = NEVER;
        private long endAsked = NEVER;
        private long ended = NEVER;
        private long refused = NEVER;

        private Life(String path, int timeoutMs) {
            this.path = path;
            this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        }

        String path() {
            return path;
        }

        /** A write of its session, asked for at {@code asked}, was carried out: then the session lived. */
        void wrote(long asked) {
            synchronized (Lives.this) {
                if (created == NEVER) created = System.nanoTime();
                heard = asked;
            }
        }

        /** Its owner asks for the end now. */
        void endsNow() {
            synchronized (Lives.this) {
                endAsked = System.nanoTime();
            }
        }

        /** That was answered: the session is no more. */
        void hasEnded() {
            synchronized (Lives.this) {
                ended = System.nanoTime();
            }
        }

        /**
         * A server does not go on with the session, which has expired. Of its ephemeral that says nothing yet: Apache's servers refuse a
         * session as soon as they begin to end it.
         */
        void isRefused() {
            synchronized (Lives.this) {
                refused = System.nanoTime();
            }
        }

        @Override
        public String toString() {
            return path + ": created " + created + ", heard " + heard + ", end asked for " + endAsked + ", ended "
                    + ended + ", refused " + refused;
        }
    }

    /** Somebody looked, behind a sync. */
    private record Sight(Life life, boolean there, long called, long returned) {}

    synchronized Life begin(String path, int timeoutMs) {
        Life life = new Life(path, timeoutMs);
        lives.add(life);
        return life;
    }

    /** Those that began last, which may be over. */
    synchronized List<Life> recent() {
        return List.copyOf(lives.subList(Math.max(0, lives.size() - RECENT), lives.size()));
    }

    synchronized void saw(Life life, boolean there, long called) {
        sights.add(new Sight(life, there, called, System.nanoTime()));
    }

    synchronized int count() {
        return lives.size();
    }

    synchronized int sights() {
        return sights.size();
    }

    /** What must not be. */
    synchronized List<String> wrongs() {
        List<String> wrongs = new ArrayList<>();
        for (Sight sight : sights) {
            Life life = sight.life();
            if (sight.there() && sight.called() >= life.ended) {
                wrongs.add(life.path + " was there when its session had certainly ended: " + sight);
            }
            if (!sight.there() && sight.called() >= life.created && isTooEarly(life, sight.returned())) {
                wrongs.add(life.path + " was gone although its session had to live: " + sight);
            }
        }
        for (Life life : lives) {
            if (life.refused != NEVER && isTooEarly(life, life.refused)) {
                wrongs.add("The session of " + life + " was refused although it had to live");
            }
        }
        return wrongs;
    }

    /**
     * Nobody had asked for the end, and not even half of the timeout was over since the servers heard from the client: half, for the leader
     * may have counted from a little earlier.
     */
    private static boolean isTooEarly(Life life, long at) {
        return life.heard != NEVER && at < life.endAsked && at < life.heard + life.timeoutNanos / 2;
    }

    /** All that is known, a line each. */
    synchronized List<String> describe() {
        List<String> lines = new ArrayList<>();
        lives.forEach(life -> lines.add(life.toString()));
        sights.forEach(sight -> lines.add((sight.there() ? "there: " : "gone: ") + sight));
        return lines;
    }
}
