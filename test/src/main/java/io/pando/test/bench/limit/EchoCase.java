package io.pando.test.bench.limit;

import io.pando.test.bench.load.Drive;
import io.pando.test.bench.load.Frame;
import io.pando.test.bench.load.Frames;
import io.pando.test.bench.load.Requests;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Figure;
import io.pando.test.bench.workload.Load;
import io.pando.test.bench.workload.Settings;
import io.pando.test.bench.workload.Unit;
import java.nio.ByteBuffer;
import java.util.List;

/** Requests as long as those of the workload {@code get}, sent back as they are. */
record EchoCase(Load howMany, Settings settings) implements Case {
    static final String NAME = "echo";

    private static final int KEYS = 1_000;

    @Override
    public String workload() {
        return NAME;
    }

    @Override
    public String load() {
        return howMany.toString();
    }

    @Override
    public List<Figure> round(Target target) {
        var tally = Drive.ofEcho(target.addresses(), howMany.connections(), howMany.outstanding())
                .runFor(settings.warmUp(), settings.time(), connection -> new Echoes());
        return List.of(howMany.isOneAtATime() ? Figure.latency(tally, Unit.MICROS) : Figure.throughput(tally));
    }

    private static final class Echoes implements Requests {
        private final Frame request = Frames.get("/bench/get/k#########");

        @Override
        public int maxBytes() {
            return request.lengthBytes();
        }

        @Override
        public void putNext(ByteBuffer batch, int xid) {
            request.putTo(batch, xid, xid % KEYS);
        }

        @Override
        public int errorIn(ByteBuffer in, int at) {
            return 0;
        }
    }
}
