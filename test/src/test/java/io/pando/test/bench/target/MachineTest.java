package io.pando.test.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    private static final long SERVER = 999_999_999;

    @TempDir
    Path proc;

    @BeforeEach
    void nothing_has_run_yet() throws IOException {
        machineUsed(1_000, 500, 300, 0);
        processUsed(ProcessHandle.current().pid(), 0, 0);
    }

    @Test
    void what_we_and_our_servers_used_is_not_others() throws IOException {
        var watch = machine(proc).watch(() -> List.of(SERVER));

        machineUsed(1_000 + 150, 500 + 50, 300, 0);
        processUsed(ProcessHandle.current().pid(), 80, 20);
        processUsed(SERVER, 60, 40);

        assertEquals(0, watch.othersCores(1).orElseThrow());
    }

    @Test
    void the_rest_is_others_and_so_is_stolen_time() throws IOException {
        var watch = machine(proc).watch(() -> List.of(SERVER));

        machineUsed(1_000 + 100, 500, 300, 20);
        processUsed(SERVER, 70, 0);

        assertEquals(0.25, watch.othersCores(2).orElseThrow());
    }

    @Test
    void interrupts_are_nobodys() throws IOException {
        var watch = machine(proc).watch(List::of);

        machineUsed(1_000, 500, 900, 0);

        assertEquals(0, watch.othersCores(1).orElseThrow());
    }

    @Test
    void a_server_that_was_killed_meanwhile_counts_on_as_our_child() throws IOException {
        processUsed(SERVER, 400, 0);
        var watch = machine(proc).watch(() -> List.of(SERVER));

        machineUsed(1_000 + 30, 500, 300, 0);
        Files.delete(proc.resolve(SERVER + "/stat"));
        processAndChildrenUsed(ProcessHandle.current().pid(), 10, 420);

        assertEquals(0, watch.othersCores(1).orElseThrow());
    }

    @Test
    void a_system_without_proc_leaves_it_open() {
        var watch = machine(proc.resolve("nowhere")).watch(List::of);

        assertTrue(watch.othersCores().isEmpty());
    }

    @Test
    void idle_is_a_moment_in_which_no_other_process_works_not_even_our_servers() {
        var pauses = new AtomicInteger();
        var machine = new Machine(proc, () -> {
            if (pauses.incrementAndGet() < 3) {
                machineUsed(1_000 + 100L * pauses.get(), 500, 300, 0);
            }
        });

        assertTrue(machine.awaitIdle(0.15, Duration.ofMinutes(1)));
        assertEquals(3, pauses.get());
    }

    @Test
    void patience_for_a_busy_machine_ends() {
        var machine = new Machine(proc, () -> machineUsed(2_000, 500, 300, 0));

        assertFalse(machine.awaitIdle(0.15, Duration.ZERO));
    }

    private static Machine machine(Path proc) {
        return new Machine(proc, () -> {});
    }

    private void machineUsed(long user, long system, long interrupts, long steal) {
        try {
            Files.writeString(
                    proc.resolve("stat"), "cpu  %d 0 %d 9999 11 0 %d %d 0 0\ncpu0 1 2 3\n".formatted(user, system, interrupts, steal));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void processUsed(long pid, long user, long system) throws IOException {
        write(pid, "%d %d 0 0".formatted(user, system));
    }

    private void processAndChildrenUsed(long pid, long user, long childrenUser) throws IOException {
        write(pid, "%d 0 %d 0".formatted(user, childrenUser));
    }

    private void write(long pid, String times) throws IOException {
        Files.createDirectories(proc.resolve("" + pid));
        Files.writeString(
                proc.resolve(pid + "/stat"), pid + " (a (odd) name) S 1 1 1 0 -1 4 1 2 3 4 " + times + " 20 0 30 0\n");
    }
}
