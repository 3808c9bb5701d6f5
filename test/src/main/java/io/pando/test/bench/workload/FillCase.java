package io.pando.test.bench.workload;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.ServerProcess;
import io.pando.test.bench.target.Target;
import java.util.List;

/**
 * Fills a server with znodes: the heap that each costs; then, if wished, how long it takes to be back with all of them.
 *
 * <p>A restart is timed from starting the process until a session read the last znode, after {@code kill -9} and after
 * SIGTERM.
 */
record FillCase(boolean restarts, Settings settings) implements Case {
    private static final int CHILDREN_PER_FOLDER = 1_000;
    private static final String PARENT = Znodes.ROOT + "/fill";
    private static final String FOLDERS = PARENT + "/folder-######";
    private static final String ZNODES = FOLDERS + "/znode-###";

    @Override
    public String workload() {
        return restarts ? "restart" : "fill";
    }

    @Override
    public String load() {
        return settings.znodes() + " znodes";
    }

    @Override
    public boolean wantsFreshServer() {
        return true;
    }

    @Override
    public List<Figure> prepare(Target target) {
        var server = process(target);
        var made = new Znodes(server);
        made.create(Znodes.ROOT);
        made.create(PARENT);
        made.createAll(FOLDERS, 1 + (settings.znodes() - 1) / CHILDREN_PER_FOLDER, 0);
        long before = server.liveHeapBytes();
        var tally = made.createAll(ZNODES, settings.znodes(), settings.dataBytes());
        double heapEach = (double) (server.liveHeapBytes() - before) / settings.znodes();
        return List.of(
                Figure.plain("creates", Unit.PER_SECOND, tally.perSecond()),
                Figure.plain("heap each", Unit.BYTES, heapEach));
    }

    @Override
    public List<Figure> round(Target target) {
        if (!restarts) {
            return List.of();
        }
        var server = process(target);
        server.kill();
        double afterKill = startMs(server);
        server.terminate();
        double afterTerm = startMs(server);
        return List.of(
                Figure.plain("after kill -9", Unit.MILLIS, afterKill),
                Figure.plain("after SIGTERM", Unit.MILLIS, afterTerm));
    }

    private double startMs(ServerProcess server) {
        long began = System.nanoTime();
        server.startAgain();
        server.awaitRead(lastPath());
        return (System.nanoTime() - began) / 1e6;
    }

    private String lastPath() {
        int last = settings.znodes() - 1;
        return FOLDERS.replace("######", "%06d").formatted(last / CHILDREN_PER_FOLDER)
                + "/znode-%03d".formatted(last % CHILDREN_PER_FOLDER);
    }

    private static ServerProcess process(Target target) {
        if (target instanceof ServerProcess server) {
            return server;
        }
        throw new LoadException("A server that was not started here is not filled up or killed.");
    }
}
