package io.pando.test.bench.workload;

import io.pando.test.bench.target.StartedTarget;
import io.pando.test.bench.target.Target;
import java.util.List;

/**
 * Fills a server with znodes: the heap that each costs; then, if wished, how long it takes to be back with all of them.
 *
 * <p>A restart is timed from starting the process until a session read the last znode, after {@code kill -9} and after
 * SIGTERM. All servers of an ensemble go down and come back together, and it counts until the last of them was read from.
 */
record FillCase(boolean restarts, Settings settings) implements Case {
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
        var server = StartedTarget.of(target);
        var filling = new Filling(server, settings.znodes());
        filling.makeFolders();
        long before = server.liveHeapBytes();
        var tally = filling.makeZnodes(settings.dataBytes());
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
        var server = StartedTarget.of(target);
        server.kill();
        double afterKill = startMs(server);
        server.terminate();
        double afterTerm = startMs(server);
        return List.of(
                Figure.plain("after kill -9", Unit.MILLIS, afterKill),
                Figure.plain("after SIGTERM", Unit.MILLIS, afterTerm));
    }

    private double startMs(StartedTarget server) {
        long began = System.nanoTime();
        server.startAgain();
        server.awaitRead(Filling.pathOf(settings.znodes() - 1));
        return (System.nanoTime() - began) / 1e6;
    }
}
