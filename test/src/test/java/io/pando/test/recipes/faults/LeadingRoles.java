package io.pando.test.recipes.faults;

import io.pando.client.Pando;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.leader.LeaderLatch;
import io.pando.recipes.leader.LeaderSelector;
import io.pando.test.recipes.faults.Entry.What;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Those who stand for election, in both styles. */
final class LeadingRoles {
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private LeadingRoles() {}

    /** Leads for a moment whenever it is elected, and resigns. */
    static final class ByLatch extends Role {
        private final LeaderLatch latch;
        private final Chronicle chronicle;
        private final String who;

        ByLatch(Pando pando, String path, String history, String who) {
            super("latch");
            this.latch = new LeaderLatch(pando, path, who).start();
            this.chronicle = new Chronicle(pando, history);
            this.who = who;
        }

        @Override
        public boolean turn() throws Exception {
            try {
                Held leadership = latch.await(A_WHILE);
                boolean stayed = HoldingRole.stay(leadership, What.HOLDS, chronicle, who);
                latch.resign();
                return stayed;
            } catch (TimeoutException anotherLeads) {
                return false;
            }
        }

        @Override
        public void close() {
            latch.close();
        }
    }

    /** Has a task that leads for a moment. */
    static final class BySelector extends Role {
        private final LeaderSelector selector;
        // Terms that came to something: given by the task's thread, taken by the role's.
        private final Semaphore terms = new Semaphore(0);

        BySelector(Pando pando, String path, String history, String who) {
            super("selector");
            Chronicle chronicle = new Chronicle(pando, history);
            this.selector = new LeaderSelector(pando, path, who, leadership -> {
                if (HoldingRole.stay(leadership, What.HOLDS, chronicle, who)) terms.release();
            });
            selector.requeueAlways().start();
        }

        @Override
        public boolean turn() throws Exception {
            return terms.tryAcquire(A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            selector.close();
        }
    }
}
