package io.pando.zab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever operation of the disk fails, or is the last: the next start finds a prefix with everything acknowledged. */
class CrashTest {
    private static final int TXNS = 30;

    private final ZabConfig config = ZabConfig.in(Path.of("/data"))
            .withLogDir(Path.of("/log"))
            .withSegmentBytes(8 * 1024)
            .withBallastBytes(1024)
            .withSnapshotsKept(2)
            .withLogKeptBytes(0);

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void any_operation_may_fail_once() {
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            for (int seed = 0; seed < 3; seed++) {
                SplittableRandom random = new SplittableRandom(operation * 31L + seed);
                SimulatedDisk disk = new SimulatedDisk(random);
                disk.failAt(operation);
                reached = survives(disk, random, seed % 2 == 0, "failing at " + operation + ", seed " + seed);
            }
        }
    }

    @Test
    void the_power_may_fail_before_any_operation() {
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            for (int seed = 0; seed < 5; seed++) {
                SplittableRandom random = new SplittableRandom(operation * 31L + seed);
                SimulatedDisk disk = new SimulatedDisk(random);
                disk.crashAt(operation);
                reached = survives(disk, random, seed % 2 == 0, "crashing at " + operation + ", seed " + seed);
            }
        }
    }

    @Test
    void what_a_failed_sync_left_in_the_page_cache_is_not_trusted() {
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            SplittableRandom random = new SplittableRandom(operation);
            SimulatedDisk disk = new SimulatedDisk(random);
            disk.failAt(operation);
            ServerLife first = new ServerLife(disk, config);
            first.run(TXNS, random);
            reached = disk.failed() != null;
            String circumstances = "failing at " + operation + " (" + disk.failed() + ")";

            ServerLife second = checkedNextLife(disk.afterExit(), first, random, circumstances);
            checkedNextLife(disk.afterCrash(), second, random, circumstances + ", then a crash");
        }
    }

    @Test
    void the_power_may_fail_again_while_the_server_recovers() {
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedDisk disk = new SimulatedDisk(random);
            ServerLife life = new ServerLife(disk, config);
            life.run(TXNS, random);
            for (int crash = 0; crash < 8; crash++) {
                disk = disk.afterCrash();
                disk.crashAt(random.nextInt(40));
                life = checkedNextLife(disk, life, random, "seed " + seed + ", crash " + crash);
            }
        }
    }

    private boolean survives(SimulatedDisk disk, SplittableRandom random, boolean inline, String circumstances) {
        ServerLife life = new ServerLife(disk, config.withInlineSync(inline));
        life.run(TXNS, random);
        checkedNextLife(disk.afterCrash(), life, random, circumstances + " (" + disk.failed() + ")");
        return disk.failed() != null;
    }

    private ServerLife checkedNextLife(
            SimulatedDisk disk, ServerLife before, SplittableRandom random, String circumstances) {
        ServerLife after = new ServerLife(disk, config);
        after.run(TXNS, random);
        List<Map.Entry<Long, String>> found = after.history();
        List<Map.Entry<Long, String>> expected = before.history();
        int acknowledged = before.acknowledged();
        if (after.refusal() != null) {
            // Only a disk that failed again may keep the server from starting.
            assertTrue(disk.failed() != null, () -> circumstances + ": refused to start: " + after.refusal());
            return before;
        }
        assertTrue(
                after.recovered() >= acknowledged,
                () -> circumstances + ": recovered " + after.recovered() + " of " + acknowledged + " acknowledged");
        assertEquals(expected.subList(0, after.recovered()), found.subList(0, after.recovered()), circumstances);
        return after;
    }
}
