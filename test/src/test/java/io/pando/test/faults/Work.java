package io.pando.test.faults;

import io.pando.test.harness.Await;
import io.pando.test.harness.Ensemble;
import io.pando.test.harness.EventLog;
import io.pando.test.harness.Member;
import io.pando.test.harness.ZooKeeperClients;
import io.pando.test.znodes.Generation;
import io.pando.test.znodes.Histories;
import io.pando.test.znodes.Reigns;
import io.pando.test.znodes.Violations;
import io.pando.test.znodes.Znodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.ZooKeeper;

/**
 * Clients that work while servers fail, and what they were told. {@link #judge} says whether an ensemble may tell that.
 *
 * <p>Shared by the workers' threads and the test's; generations are begun one after the other, by the worker who ends the last.
 */
final class Work {
    /**
     * A client that hears nothing takes two thirds of this to notice, and up to a second more before it tries another server: what is left
     * of the time is for a machine that is busy.
     */
    static final int SESSION_TIMEOUT_MS = 9_000;

    private static final int WORKERS = 6;
    private static final int PROGRESS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Ensemble ensemble;
    private final String root;
    private final Histories histories = new Histories();
    private final Violations violations = new Violations();
    private final List<Generation> generations = new CopyOnWriteArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final Watching watching;

    private Work(Ensemble ensemble, String root) throws Exception {
        this.ensemble = ensemble;
        this.root = root;
        Generation first = new Generation(root, 0);
        ZooKeeperClients.use(ensemble.connectString(), SESSION_TIMEOUT_MS, client -> {
            first.create(client);
            return client;
        });
        generations.add(first);
        watching = new Watching(ensemble, root);
    }

    /** All that it writes lies below {@code root}, which is nobody else's. */
    static Work start(Ensemble ensemble, String root) throws Exception {
        Work work = new Work(ensemble, root);
        for (int i = 0; i < WORKERS; i++) {
            Worker worker = new Worker(work, i, ensemble.connectString(), SESSION_TIMEOUT_MS);
            work.workers.add(worker);
            worker.start();
        }
        work.awaitProgress();
        return work;
    }

    String root() {
        return root;
    }

    Histories histories() {
        return histories;
    }

    Violations violations() {
        return violations;
    }

    Generation generation() {
        return generations.getLast();
    }

    /** Makes the znodes of the next generation, however often that takes. */
    void beginNext(Generation over, ZooKeeper client) {
        Generation next = over.next();
        boolean made = Await.happens(PATIENCE, () -> {
            next.create(client);
            return true;
        });
        if (made) {
            generations.add(next);
        } else {
            violations.add("Nothing can be created for " + PATIENCE.toSeconds() + " s");
        }
    }

    /** Returns when every client has had some more writes answered, by itself. */
    void awaitProgress() {
        List<Integer> before = workers.stream().map(Worker::acknowledged).toList();
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            int enough = before.get(i) + PROGRESS;
            if (!Await.happens(PATIENCE, () -> worker.acknowledged() >= enough)) {
                violations.assertNone();
                throw new AssertionError("A client does not get on:\n" + ensemble.describe());
            }
        }
    }

    /** Leaves watches, which the fault that follows must not lose. */
    void watch() throws Exception {
        watching.begin();
    }

    /** Clients get on again, and the watches left before fire. */
    void awaitRecovery() throws Exception {
        awaitProgress();
        watching.awaitFired();
    }

    /** Ends the work and judges all that was seen. Every server has to run, so that each can be asked. */
    void judge() throws Exception {
        for (Worker worker : workers) worker.stop();
        violations.assertNone();
        List<ZooKeeper> witnesses = new ArrayList<>();
        try {
            for (Member member : ensemble.members()) {
                witnesses.add(ZooKeeperClients.connect(member.connectString(), SESSION_TIMEOUT_MS, new EventLog()));
            }
            readAllOnceMore(witnesses);
            judgeEphemerals(witnesses);
        } finally {
            closeAll(witnesses);
        }
        histories.assertLinearizable();
        Reigns.judge(ensemble, violations);
        violations.assertNone();
    }

    /** What was acknowledged is still there, wherever one asks: the last operations of the histories say so. */
    private void readAllOnceMore(List<ZooKeeper> witnesses) throws Exception {
        for (ZooKeeper witness : witnesses) {
            Znodes znodes = new Znodes(witness, "witness-" + witnesses.indexOf(witness), histories);
            for (Generation generation : generations) {
                for (String register : generation.registers()) znodes.readSynced(register);
                znodes.listSynced(generation.sequence());
            }
        }
    }

    /** They are there while their sessions live, which all of them do, and gone when these are closed. */
    private void judgeEphemerals(List<ZooKeeper> witnesses) throws Exception {
        requireEphemerals(witnesses, true);
        closeAll(workers.stream().map(Worker::client).toList());
        requireEphemerals(witnesses, false);
    }

    private void requireEphemerals(List<ZooKeeper> witnesses, boolean there) throws Exception {
        for (ZooKeeper witness : witnesses) {
            Znodes znodes = new Znodes(witness, "witness", histories);
            for (Worker worker : workers) {
                boolean found = znodes.existsSynced(worker.ephemeral());
                if (found != there) violations.add(worker.ephemeral() + (found ? " stays" : " is missing"));
            }
        }
    }

    /** Side by side, because each takes its time. */
    static void closeAll(List<ZooKeeper> clients) {
        clients.parallelStream().forEach(client -> {
            try {
                client.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends all sessions and threads, however it went. */
    void end() {
        workers.forEach(Worker::abandon);
        closeAll(workers.stream().map(Worker::client).toList());
        watching.end();
    }
}
