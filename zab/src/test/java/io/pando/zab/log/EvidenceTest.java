package io.pando.zab.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.zab.disk.QuietLog;
import io.pando.zab.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data that is wrong is never used again, and never lost. */
class EvidenceTest {
    private static final Path DATA = Path.of("/data");
    private static final Path LOG = Path.of("/log");
    private static final String REPORT = "The tree of this server differs.\n";
    private static final Map<String, String> KEPT = Map.of(
            "/data/evidence/identity", "who it was",
            "/data/evidence/promise", "what it promised",
            "/data/evidence/0000000500000007.snapshot", "what it made of it",
            "/log/evidence/0000000000000001.log", "what it was told",
            "/log/evidence/0000000000000002.log", "and then");

    private final QuietLog quiet = new QuietLog();

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void what_was_declared_wrong_is_moved_away_whole_at_the_next_start_and_the_rest_stays() throws Exception {
        SimulatedDisk disk = diskWithData(1);
        Evidence evidence = new Evidence(disk, DATA, LOG);

        evidence.setAside();
        assertTrue(disk.exists(DATA.resolve("identity")), "nothing was declared");

        evidence.declare(REPORT);
        assertFalse(evidence.isKept());
        evidence.setAside();

        assertAllIsKept(disk);
        assertTrue(evidence.isKept());
        assertTrue(disk.exists(DATA.resolve("myid")));
        assertTrue(disk.exists(DATA.resolve("ballast")));
    }

    @Test
    void the_power_may_fail_before_any_operation() throws Exception {
        boolean reached = true;
        for (int operation = 0; reached; operation++) {
            for (int seed = 0; seed < 10; seed++) {
                SimulatedDisk disk = diskWithData(operation * 31L + seed);
                new Evidence(disk, DATA, LOG).declare(REPORT);
                disk.crashAt(disk.operations() + operation);
                reached = !setsAside(disk);
                SimulatedDisk after = disk.afterCrash();

                new Evidence(after, DATA, LOG).setAside();

                assertAllIsKept(after);
            }
        }
    }

    @Test
    void a_server_loses_its_data_once_until_somebody_has_looked_into_that() throws Exception {
        SimulatedDisk disk = diskWithData(1);
        Evidence evidence = new Evidence(disk, DATA, LOG);
        evidence.declare(REPORT);
        evidence.setAside();
        put(disk, "/data/identity", "who it is now");
        evidence.declare(REPORT);

        UnusableStorageException refusal = assertThrows(UnusableStorageException.class, evidence::setAside);

        assertTrue(refusal.toString().contains("move /data/evidence and /log/evidence elsewhere"), refusal::toString);
        assertTrue(disk.exists(DATA.resolve("identity")), "nothing was moved");
        assertThrows(UnusableStorageException.class, evidence::setAside);

        SteppedStore.removeEvidence(DATA, LOG, disk);
        evidence.setAside();

        assertFalse(disk.exists(DATA.resolve("identity")));
    }

    private static SimulatedDisk diskWithData(long seed) {
        SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(seed));
        KEPT.forEach((path, content) -> put(disk, path.replace("/evidence", ""), content));
        put(disk, "/data/myid", "3");
        put(disk, "/data/ballast", "....");
        return disk;
    }

    private static void put(SimulatedDisk disk, String path, String content) {
        disk.put(Path.of(path), content.getBytes(UTF_8));
    }

    private static boolean setsAside(SimulatedDisk disk) {
        try {
            new Evidence(disk, DATA, LOG).setAside();
            return true;
        } catch (IOException powerLost) {
            return false;
        }
    }

    private static void assertAllIsKept(SimulatedDisk disk) {
        Map<String, String> found = new TreeMap<>();
        for (Path path : disk.allFiles()) {
            if (path.toString().contains("/evidence/")) {
                found.put(path.toString(), new String(disk.bytes(path), UTF_8));
            }
        }
        Map<String, String> expected = new TreeMap<>(KEPT);
        expected.put("/data/evidence/diverged.txt", REPORT);
        assertEquals(expected, found);
        for (String name : KEPT.keySet()) {
            assertFalse(disk.exists(Path.of(name.replace("/evidence", ""))), name);
        }
        assertArrayEquals("3".getBytes(UTF_8), disk.bytes(DATA.resolve("myid")));
    }
}
