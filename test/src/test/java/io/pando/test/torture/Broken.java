package io.pando.test.torture;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether clients are lied to, to see that it is found. */
enum Broken {
    /** They are not. */
    NOT,
    /** Now and then a write is acknowledged and thrown away. */
    DROP_ACKNOWLEDGED,
    /** Now and then a read, also one behind a sync, is answered with what was there a while ago. */
    STALE_READS,
    /** Now and then a client is not told of what it watches. */
    LOST_EVENTS;

    static Broken of(String name) {
        return Arrays.stream(values())
                .filter(broken -> broken != NOT && broken.option().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--broken is one of " + names() + ", not \"" + name + "\""));
    }

    private static String names() {
        return Arrays.stream(values())
                .filter(broken -> broken != NOT)
                .map(Broken::option)
                .collect(Collectors.joining(", "));
    }

    /** As it is written on the command line. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
