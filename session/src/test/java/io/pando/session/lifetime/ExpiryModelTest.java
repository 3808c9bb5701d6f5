package io.pando.session.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The wheel against a model that keeps everything and looks at all of it each time. */
class ExpiryModelTest {
    private static final int GUESTS = 6;

    @Property
    void the_wheel_expires_whom_the_definition_says_and_when(
            @ForAll @IntRange(min = 1, max = 50) int tickMs,
            @ForAll @Size(max = 80) List<@IntRange(max = 9999) Integer> steps) {
        House house = new House(tickMs);

        for (int step : steps) {
            house.take(step % 10, step / 10 % 10 % GUESTS, step / 100);
            assertEquals(house.present.size(), house.wheel.size());
        }
        house.pass(1000);
    }

    private static final class House {
        private final int tickMs;
        private final ExpiryWheel<Guest> wheel;
        private final List<Guest> guests = new ArrayList<>();
        private final Set<Guest> present = new LinkedHashSet<>();
        private final List<long[]> pauses = new ArrayList<>();
        private long nowMs;

        House(int tickMs) {
            this.tickMs = tickMs;
            this.wheel = new ExpiryWheel<>(tickMs);
            for (int i = 0; i < GUESTS; i++) {
                guests.add(new Guest(0, 100));
            }
        }

        void take(int kind, int who, int amount) {
            Guest guest = guests.get(who);
            switch (kind) {
                case 0, 1 -> put(guest, amount);
                case 2 -> {
                    wheel.remove(guest);
                    present.remove(guest);
                }
                case 3, 4, 5 -> guest.heardMs = nowMs;
                case 6 -> {
                    pauses.add(new long[] {nowMs, amount});
                    wheel.postpone(nowMs, amount);
                }
                default -> pass(amount);
            }
        }

        private void put(Guest guest, int timeoutMs) {
            guest.heardMs = nowMs;
            guest.timeoutMs = timeoutMs;
            wheel.put(guest);
            present.add(guest);
        }

        private void pass(int ms) {
            nowMs += ms;
            Set<Guest> expected = new HashSet<>();
            for (Guest guest : present) {
                if (deadlineMs(guest) <= nowMs) {
                    expected.add(guest);
                }
            }

            List<Guest> expired = wheel.expire(nowMs);

            assertEquals(expected, new HashSet<>(expired));
            assertEquals(expected.size(), expired.size());
            present.removeAll(expected);
        }

        private long deadlineMs(Guest guest) {
            long lostMs = 0;
            for (long[] pause : pauses) {
                lostMs += pause[0] > guest.heardMs ? pause[1] : 0;
            }
            return (Math.floorDiv(guest.heardMs + guest.timeoutMs + lostMs, tickMs) + 1L) * tickMs;
        }
    }
}
