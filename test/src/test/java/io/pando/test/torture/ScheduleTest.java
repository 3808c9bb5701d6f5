package io.pando.test.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pando.test.torture.Schedule.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void the_same_seed_is_the_same_schedule_and_another_is_another() {
        assertEquals(steps(7, 100), steps(7, 100));
        assertNotEquals(steps(7, 100), steps(8, 100));
    }

    @Test
    void every_kind_of_fault_comes_within_few_steps() {
        Set<Class<?>> seen = new HashSet<>();

        steps(3, 17).forEach(step -> seen.add(step.faults().getFirst().getClass()));

        assertEquals(Set.of(Fault.class.getPermittedSubclasses()), seen);
    }

    @Test
    void where_one_server_loses_data_no_other_is_lost() {
        for (Step step : steps(5, 1_000)) {
            List<Fault> faults = step.faults();
            boolean losesData =
                    faults.stream().anyMatch(fault -> fault instanceof Fault.Wipe || fault instanceof Fault.Damage);
            boolean losesAnother = faults.stream()
                    .anyMatch(fault -> fault instanceof Fault.Kill
                            || fault instanceof Fault.Freeze
                            || fault instanceof Fault.Isolate);
            assertFalse(losesData && losesAnother, step::toString);
        }
    }

    private static List<Step> steps(long seed, int count) {
        return Stream.generate(new Schedule(seed)::next).limit(count).toList();
    }
}
