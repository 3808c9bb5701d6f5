package io.pando.test.whole;

import io.pando.zab.log.LogWork;
import io.pando.zab.runtime.Halt;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The log's thread: it writes what is due, group by group, and looks after the log's files in between. */
final class LogDriver {
    private static final long CHORES_NANOS = 50_000_000;
    private static final long RETRY_NANOS = World.SECOND;

    private final Life life;
    private final SimHost host;
    private final SimServer server;
    private @Nullable LogWork log;
    private boolean writing;
    private boolean choresDue;

    LogDriver(Life life, SimHost host, SimServer server) {
        this.life = life;
        this.host = host;
        this.server = server;
    }

    void drive(LogWork begun) {
        log = begun;
        writing = false;
    }

    /** There may be something to write. */
    void look() {
        LogWork work = log;
        if (work != null && !writing && !work.isIdle()) {
            writing = true;
            host.later(host.diskTime(), () -> writeGroup(work));
        }
    }

    private void writeGroup(LogWork work) {
        if (!work.equals(log) || life.hasHalted()) {
            return;
        }
        try {
            if (server.isFull() && !work.hasRoom()) {
                host.count("writes that wait for room");
                host.later(RETRY_NANOS, () -> writeGroup(work));
                return;
            }
        } catch (IOException e) {
            life.halt(new Halt("preparing the next log segment failed", e));
            return;
        }
        writing = false;
        work.writeGroup();
        choresSoon();
        look();
    }

    private void choresSoon() {
        if (!choresDue) {
            choresDue = true;
            host.later(CHORES_NANOS, this::doChores);
        }
    }

    private void doChores() {
        choresDue = false;
        LogWork work = log;
        if (work == null || life.hasHalted()) {
            return;
        }
        try {
            work.writeHintIfIdle();
            if (work.prepareIfWanted()) {
                host.count("no room for a segment");
                host.later(RETRY_NANOS, this::doChores);
            }
        } catch (IOException e) {
            life.halt(new Halt("preparing the next log segment failed", e));
        }
    }
}
