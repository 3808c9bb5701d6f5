package io.pando.test.bench.limit;

import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Catalogue;
import io.pando.test.bench.workload.Load;
import io.pando.test.bench.workload.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The cases that measure the machine, and how the rows of their results are called. */
public final class Limits {
    public static final String ECHO = EchoCase.NAME;
    public static final String VISIT = VisitCase.NAME;
    public static final String TELL = TellCase.NAME;
    public static final String FDATASYNC = SyncCase.NAME;
    /** The shortest sync that a write can wait for. */
    public static final String SHORTEST_SYNC = "1 KiB, overwriting";

    private static final List<Integer> BLOCKS_KIB = List.of(1, 4, 64);

    private Limits() {}

    /** {@code folder}: on the disk that counts. One request at a time is always among the loads. */
    public static List<Case> cases(Settings settings, Path folder) {
        Set<Load> loads = new LinkedHashSet<>(
                settings.loads().isEmpty()
                        ? List.of(Load.PIPELINED, Load.PIPELINED_MULTI, Load.MANY)
                        : settings.loads());
        loads.add(Load.ONE_AT_A_TIME);
        var cases = new ArrayList<Case>();
        loads.forEach(load -> cases.add(new EchoCase(load, settings)));
        cases.add(new VisitCase(Catalogue.CONNECTS_SIDE_BY_SIDE, settings));
        cases.add(new TellCase(settings));
        for (boolean writtenBefore : List.of(true, false)) {
            BLOCKS_KIB.forEach(kib -> cases.add(new SyncCase(kib, writtenBefore, folder, settings)));
        }
        return cases;
    }
}
