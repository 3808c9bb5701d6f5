package io.pando.recipes.examples;

import io.pando.client.Pando;
import io.pando.client.call.DataAndStat;
import io.pando.client.error.NodeExistsException;
import io.pando.client.error.PandoException;
import io.pando.client.error.TransactionFailedException;
import io.pando.datatree.CreateMode;
import io.pando.recipes.fencing.FencingToken;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.leader.LeaderSelector;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job at regular times, on one of several processes, and on another when that one is gone. Every time is claimed in the tree
 * before the job runs, by a transaction that the token guards: so no time is run twice. A process that dies between the claim and the
 * end of the job leaves that time undone; the job is told the time and the token, with which it can make its own effects safe.
 *
 * <p>Times that passed while nobody ran are not made up for: the next one is the last that is due.
 */
public final class Cron implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cron.class);

    private final Pando pando;
    private final String claimed;
    private final Duration every;
    private final Clock clock;
    private final Job job;
    private final LeaderSelector selector;

    /** What is to be done. */
    @FunctionalInterface
    public interface Job {
        /**
         * Does it.
         *
         * @param due the time that was claimed, which no other call has
         * @param token for what must not be done by a process that stood still meanwhile
         * @throws Exception is logged; the next time is run as usual
         */
        void run(Instant due, FencingToken token) throws Exception;
    }

    /**
     * One of the processes that may run the job.
     *
     * @param path below which they stand for election and claim times; one for each job
     * @param id by which others know this one
     * @param every how far apart the times are, counted from 1970; 1 ms at least
     */
    public Cron(Pando pando, String path, String id, Duration every, Clock clock, Job job) {
        this.pando = pando;
        this.claimed = path + "/claimed";
        this.every = every;
        this.clock = clock;
        this.job = job;
        this.selector = new LeaderSelector(pando, path + "/leader", id, this::lead).requeueAlways();
    }

    /** Takes part from now on. */
    public Cron start() throws InterruptedException {
        try {
            pando.create(claimed).data("0").makeParents(CreateMode.PERSISTENT).now();
        } catch (NodeExistsException already) {
            // Times have been claimed before.
        }
        selector.start();
        return this;
    }

    private void lead(Held leadership) throws InterruptedException {
        while (leadership.isCurrent()) {
            DataAndStat last = pando.getData(claimed).now();
            long due = Math.max(Long.parseLong(last.text()) + every.toMillis(), lastDue());
            Thread.sleep(Math.max(0, due - clock.millis()));
            if (claim(leadership, due, last.stat().version())) {
                run(due, leadership.token());
            }
        }
    }

    private long lastDue() {
        return clock.millis() / every.toMillis() * every.toMillis();
    }

    private boolean claim(Held leadership, long due, int version) throws InterruptedException {
        try {
            leadership
                    .token()
                    .guard(pando.transaction())
                    .setData(claimed, Long.toString(due).getBytes(StandardCharsets.UTF_8), version)
                    .now();
            return true;
        } catch (TransactionFailedException refused) {
            // Another has claimed it, or leads: the loop looks again, and the selector interrupts it when it is over.
            return false;
        } catch (PandoException unknown) {
            LOG.warn(
                    "Nobody knows whether {} was claimed, so it is not run: {}",
                    Instant.ofEpochMilli(due),
                    unknown.getMessage());
            return false;
        }
    }

    private void run(long due, FencingToken token) throws InterruptedException {
        try {
            job.run(Instant.ofEpochMilli(due), token);
        } catch (InterruptedException ended) {
            throw ended;
        } catch (Exception failed) {
            LOG.error("The job of {} failed", Instant.ofEpochMilli(due), failed);
        }
    }

    /** Takes part no longer; a job that runs is interrupted. */
    @Override
    public void close() {
        selector.close();
    }

    /** {@code Cron 127.0.0.1:2181 /jobs/clean-up my-name}: says every ten seconds what time it is. */
    public static void main(String[] args) throws InterruptedException {
        Pando pando = Pando.connect(args[0]).open();
        Cron cron = new Cron(
                pando,
                args[1],
                args[2],
                Duration.ofSeconds(10),
                Clock.systemUTC(),
                (due, token) -> LOG.info("It is {}, says the holder of {}", due, token));
        cron.start();
        Thread.currentThread().join();
    }
}
