package io.pando.test.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run: calm, a calm in which the machine is busy with something else, the siege, and what is left of it. Finds out whether a server died, whether a client that
 * means well saw an error, whether the memory of each server stayed within what its JVM was given, and how much longer calls took under siege than on a busy machine.
 */
final class Soak {
    private static final int CITIZENS = 16;
    private static final int FILES_OF_OUR_OWN = 500;

    /** The heap, as much outside of it, and what a JVM needs for itself. */
    private static final int MOST_RESIDENT_MIB = 2 * Servers.HEAP_MIB + 256;

    private final Duration siegeFor;
    private final int attackers;
    private final Set<Attack> attacks;
    private final List<String> options;
    private final PrintWriter out;

    /**
     * @param attackers of all kinds together, of which those in {@code attacks} attack
     * @param jvmOptions for the servers, besides those that they need
     */
    Soak(Duration siegeFor, int attackers, Set<Attack> attacks, List<String> jvmOptions, PrintWriter out) {
        this.siegeFor = siegeFor;
        this.attackers = attackers;
        this.attacks = attacks;
        this.options = jvmOptions;
        this.out = out;
    }

    Outcome run(int servers) throws IOException {
        try (Servers judged = Servers.start(servers, options)) {
            return besiege(judged.ports(), judged.vitals());
        }
    }

    private Outcome besiege(List<Integer> ports, List<Vitals> servers) throws IOException {
        say(
                "%d servers with a heap of %d MiB, %d clients that mean well, %d attackers in a process that gets what others leave (%s)"
                        .formatted(ports.size(), Servers.HEAP_MIB, CITIZENS, attackers, Leftovers.description()));
        List<String> flaws = new ArrayList<>();
        Phase calm;
        Phase busy;
        Phase siege;
        try (Citizens citizens = new Citizens(CITIZENS, ports)) {
            Observer observer = new Observer(citizens, servers, out);
            Duration sixth = siegeFor.dividedBy(6);
            try (SiegeProcess rehearsal = SiegeProcess.start(ports, attackers, attacks)) {
                observer.pass("rehearsal", sixth, 1, rehearsal);
                rehearsal.lift();
            }
            observer.pass("rest", sixth, 1, null);
            calm = observer.pass("calm", sixth, 1, null);
            busy = passBusily(observer, sixth);
            observer.tellHeaps("before");
            try (SiegeProcess attacking = SiegeProcess.start(ports, attackers, attacks)) {
                siege = observer.pass("siege", siegeFor, 6, attacking);
                observer.tellHeaps("under siege");
                tellAttacks(attacking.lift());
            }
            observer.pass("afterwards", sixth, 1, null);
            observer.tellHeaps("afterwards");
            flaws.addAll(citizens.errors());
        }
        for (Vitals server : servers) {
            if (!server.isAlive()) flaws.add("Server " + server.pid() + " died: " + server.output());
        }
        if (siege.mostResidentMib() > MOST_RESIDENT_MIB) flaws.add("A server took more memory than it may.");
        Outcome outcome = new Outcome(
                flaws,
                siege.p99Ms() / Math.max(calm.p99Ms(), busy.p99Ms()),
                Stream.of(calm, busy, siege).mapToDouble(Phase::others).max().orElseThrow());
        tell(calm, busy, siege, outcome, servers);
        return outcome;
    }

    /**
     * Calm, but the processors are never idle. How long calls take then is what they take on this machine while somebody uses it: no server can do anything about
     * that, so it is what a siege is compared with, whose attackers are on this machine too.
     */
    private static Phase passBusily(Observer observer, Duration length) throws IOException {
        try (Spinning spinning = Spinning.start()) {
            return observer.pass("busy", length, 1, spinning);
        }
    }

    private void tellAttacks(Map<Attack, Long> attempts) {
        for (Attack attack : attacks) {
            say("%30s %,6d attackers, %,9d times"
                    .formatted(attack, attack.attackersOf(attackers), attempts.getOrDefault(attack, 0L)));
        }
    }

    private void tell(Phase calm, Phase busy, Phase siege, Outcome outcome, List<Vitals> servers) {
        say("");
        say("connections of attackers  at most %d at a time".formatted(siege.mostOpen()));
        say("memory of a server        at most %d MiB of %d allowed"
                .formatted(siege.mostResidentMib(), MOST_RESIDENT_MIB));
        say("core of a server          stood still for %s at most"
                .formatted(servers.stream()
                        .mapToLong(Vitals::longestStandstillMs)
                        .mapToObj(ms -> ms == 0 ? "less than 500 ms" : ms + " ms")
                        .toList()));
        say("p99 in calm               %.2f ms".formatted(calm.p99Ms()));
        say("p99 on a busy machine     %.2f ms".formatted(busy.p99Ms()));
        say(
                "p99 under siege           %.2f ms: %.1f times that in calm, and %.1f times that on a busy machine, of %.0f promised"
                        .formatted(
                                siege.p99Ms(),
                                siege.p99Ms() / calm.p99Ms(),
                                outcome.timesBusy(),
                                Outcome.MOST_TIMES_BUSY));
        say("others on this machine    %.2f processors".formatted(outcome.others()));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /** How many attackers a process that may have so many files open can take; each needs one here and one at a server. */
    static int mostAttackers() throws IOException {
        return Math.max(1, Vitals.openFilesAllowed() - FILES_OF_OUR_OWN);
    }
}
