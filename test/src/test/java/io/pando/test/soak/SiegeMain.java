package io.pando.test.soak;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The process of the attackers: {@code ATTACKERS KIND,KIND... PORT...}. Besieges until its input ends, and says what comes of it in lines that {@link SiegeProcess} reads. */
final class SiegeMain {
    static final String OPEN = "open";
    static final String MADE = "made";
    private static final int TELL_MS = 200;

    private SiegeMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Integer> ports =
                Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        List<Attack> attacks =
                Arrays.stream(arguments[1].split(",", -1)).map(Attack::valueOf).toList();
        try (Siege siege = new Siege(ports, Integer.parseInt(arguments[0]), attacks)) {
            Thread.ofPlatform().daemon().start(() -> liftWhenToldTo(siege));
            Thread beginning = Thread.ofPlatform().daemon().start(siege::begin);
            do {
                System.out.println(OPEN + " " + siege.open());
            } while (siege.goesOn(TELL_MS));
            beginning.join();
            siege.attempts().forEach((attack, times) -> System.out.println(MADE + " " + attack.name() + " " + times));
        }
        System.exit(0); // whoever still waits for an answer need not get it
    }

    private static void liftWhenToldTo(Siege siege) {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException gone) {
            // As good as the end.
        }
        siege.lift();
    }
}
