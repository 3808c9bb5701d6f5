package io.pando.test.bench.client;

import io.pando.test.bench.load.LoadException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Keeps one client busy. Many calls at a time are each sent again by their own callback, so that no thread of ours stands
 * between the library and its next call, and nothing of ours is allocated; one at a time is a thread that waits.
 */
final class CallLoop {
    private static final long LAST_ANSWERS_SECONDS = 20;

    private final ClientUnderTest client;
    private final Calls calls;
    private final String[] paths;
    private final byte[] data;
    private final CallTally tally = new CallTally();
    private final CountDownLatch atRest;
    private volatile boolean ending;

    CallLoop(ClientUnderTest client, Calls calls) {
        this.client = client;
        this.calls = calls;
        paths = IntStream.range(0, calls.keys()).mapToObj(calls::path).toArray(String[]::new);
        data = new byte[calls.dataBytes()];
        atRest = new CountDownLatch(calls.outstanding());
    }

    Findings run() throws InterruptedException {
        if (calls.outstanding() == 1) {
            new Thread(this::callAndWait, "caller").start();
        } else {
            for (int i = 0; i < calls.outstanding(); i++) {
                new Slot((int) ((long) i * paths.length / calls.outstanding())).send();
            }
        }
        var findings = tally.watch(calls.warmUpMs(), calls.timeMs());
        ending = true;
        if (!atRest.await(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
            throw new LoadException(atRest.getCount() + " calls were never answered.");
        }
        return findings;
    }

    private void callAndWait() {
        for (int key = 0; !ending; key = (key + 1) % paths.length) {
            long sentNanos = System.nanoTime();
            tally.answered(sentNanos, isAnswered(paths[key]));
        }
        atRest.countDown();
    }

    private boolean isAnswered(String path) {
        try {
            calls.operation().call(client, path, data);
            return true;
        } catch (Exception failure) {
            return false;
        }
    }

    /** One of the calls under way. Its fields pass from thread to thread with the call and its answer. */
    private final class Slot implements ClientUnderTest.Answered {
        private int key;
        private long sentNanos;

        Slot(int firstKey) {
            key = firstKey;
        }

        void send() {
            var path = paths[key];
            key = (key + 1) % paths.length;
            sentNanos = System.nanoTime();
            try {
                calls.operation().send(client, path, data, this);
            } catch (Exception refused) {
                tally.answered(sentNanos, false);
                atRest.countDown();
            }
        }

        @Override
        public void with(boolean good) {
            tally.answered(sentNanos, good);
            if (ending) {
                atRest.countDown();
            } else {
                send();
            }
        }
    }
}
