package io.pando.test.recipes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.Pando;
import io.pando.client.error.PandoException;
import io.pando.recipes.queue.Claim;
import io.pando.recipes.queue.SimpleQueue;
import io.pando.recipes.queue.WorkQueue;
import java.util.Optional;

/** Those who put items into a queue and get some out, and tell of each what became of it. Items are {@code maker:number}. */
final class QueueRoles {
    private QueueRoles() {}

    /** Works on what it claims. */
    static final class ByClaim extends Role {
        private final WorkQueue queue;
        private final Report report;
        private final String who;
        private int made;

        ByClaim(Pando pando, String path, String claims, Report report, String who) {
            super("work");
            this.queue = new WorkQueue(pando, path, claims);
            this.report = report;
            this.who = who;
        }

        @Override
        public boolean turn() throws Exception {
            String item = who + ":" + made++;
            try {
                queue.put(item.getBytes(UTF_8));
                report.tell("work-put", item);
            } catch (PandoException mayBeThere) {
                // It counts when somebody works on it.
            }
            Optional<Claim> claimed = queue.claim();
            if (claimed.isEmpty()) return false;
            try (Claim claim = claimed.get()) {
                String mine = new String(claim.item(), UTF_8);
                report.tell("work-begun", mine);
                if (!claim.done()) return false;
                report.tell("work-done", mine);
                return true;
            }
        }
    }

    /** Takes what comes first. */
    static final class ByTaking extends Role {
        private final SimpleQueue queue;
        private final Report report;
        private final String who;
        private int made;

        ByTaking(Pando pando, String path, Report report, String who) {
            super("simple");
            this.queue = new SimpleQueue(pando, path);
            this.report = report;
            this.who = who;
        }

        @Override
        public boolean turn() throws Exception {
            String item = who + ":" + made++;
            try {
                queue.offer(item.getBytes(UTF_8));
                report.tell("simple-put", item);
            } catch (PandoException mayBeThere) {
                // It counts when somebody takes it.
            }
            report.tell("simple-begun", who);
            Optional<byte[]> taken = queue.poll();
            report.tell("simple-ended", who);
            if (taken.isEmpty()) return false;
            report.tell("simple-taken", new String(taken.get(), UTF_8));
            return true;
        }
    }
}
