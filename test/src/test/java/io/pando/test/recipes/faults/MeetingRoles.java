package io.pando.test.recipes.faults;

import io.pando.client.Pando;
import io.pando.recipes.barrier.Barrier;
import io.pando.recipes.doublebarrier.DoubleBarrier;
import io.pando.test.recipes.faults.Entry.What;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Those who wait at barriers. */
final class MeetingRoles {
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private MeetingRoles() {}

    /** Comes, and goes on when there is no barrier. */
    static final class ByBarrier extends Role {
        private final Barrier barrier;
        private final Chronicle chronicle;
        private final String who;
        private boolean come;

        ByBarrier(Pando pando, String path, String history, String who) {
            super("barrier");
            this.barrier = new Barrier(pando, path);
            this.chronicle = new Chronicle(pando, history);
            this.who = who;
        }

        @Override
        public boolean turn() throws Exception {
            come = come || chronicle.add(What.COMES, who);
            if (!come) return false;
            try {
                barrier.await(A_WHILE);
            } catch (TimeoutException isThere) {
                return false;
            }
            come = false;
            return chronicle.add(What.PASSES, who);
        }
    }

    /** Comes in and goes out with all the others. */
    static final class ByDoubleBarrier extends Role {
        private final DoubleBarrier barrier;
        private final Chronicle chronicle;
        private final String who;
        private @Nullable CompletableFuture<Void> leaving;

        ByDoubleBarrier(Pando pando, String path, int members, String history, String who) {
            super("double");
            this.barrier = new DoubleBarrier(pando, path, members);
            this.chronicle = new Chronicle(pando, history);
            this.who = who;
        }

        @Override
        public boolean turn() throws Exception {
            try {
                if (leaving == null) {
                    if (!chronicle.add(What.COMES, who)) return false;
                    barrier.enter(A_WHILE);
                    chronicle.add(What.PASSES, who);
                    leaving = barrier.leaveAsync();
                }
                // Not given up: who gives up is out before the others are, and may come to them again.
                leaving.get(A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException othersDoNot) {
                return false;
            }
            leaving = null;
            return true;
        }

        @Override
        public void close() {
            if (leaving != null) leaving.cancel(false);
        }
    }
}
