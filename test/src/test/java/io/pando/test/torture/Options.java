package io.pando.test.torture;

import io.pando.test.harness.Target;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param home of all evidence, a folder for each round
 */
record Options(
        Duration duration,
        long seed,
        int servers,
        Target target,
        Broken broken,
        Path home,
        boolean keep,
        boolean help) {
    /** Histories are held in memory, so a long run is made of several that begin anew. */
    static final Duration LONGEST_ROUND = Duration.ofMinutes(10);

    static final String USAGE = """
        Usage: pando torture [--minutes N] [--seed S] [--servers 3|5] [--target pando|zookeeper]
                             [--broken drop-acknowledged|stale-reads|lost-events] [--dir FOLDER] [--keep]

          --minutes N   how long faults happen, 3 by default; fractions are fine. Starting and judging come on top. More than
                        10 minutes are several rounds of at most 10, each with new servers and the next seed.
          --seed S      decides faults and what clients choose to do; drawn, and told, if it is not given
          --servers N   3, which is the default, or 5
          --target T    whose servers: pando, or zookeeper for Apache's 3.9.5
          --broken B    lets a relay lie to clients, to see that it is found: drop-acknowledged acknowledges writes and throws
                        them away, stale-reads answers reads with what was there before, lost-events keeps watch events back
          --dir FOLDER  where servers keep their data, and where all evidence stays if something is wrong; by default
                        torture/ in the folder of the build
          --keep        keeps everything also if nothing is wrong

        Real servers are killed, frozen, cut off, restarted, robbed of their data; their disks are full or damaged, and links
        are cut, slow, or pass in one direction, while clients are busy. A full disk needs the right to mount one; without it
        that fault is left out, and said to be. Exit code 0 if all promises were kept, 1 if one was broken, 3 if not all could
        be judged, 2 if the arguments are wrong.
        """;

    /** Understands arguments; what it does not, it refuses with a sentence. */
    static Options of(List<String> arguments, long drawnSeed) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Duration duration = Duration.ofMinutes(3);
        long seed = drawnSeed;
        int servers = 3;
        Target target = Target.PANDO;
        Broken broken = Broken.NOT;
        Optional<Path> home = Optional.empty();
        boolean keep = false;
        boolean help = false;
        while (!left.isEmpty()) {
            String option = left.pop();
            switch (option) {
                case "--minutes" -> duration = minutes(value(option, left));
                case "--seed" -> seed = wholeNumber(option, value(option, left));
                case "--servers" -> servers = servers(value(option, left));
                case "--target" -> target = target(value(option, left));
                case "--broken" -> broken = Broken.of(value(option, left));
                case "--dir" -> home = Optional.of(folder(value(option, left)));
                case "--keep" -> keep = true;
                case "--help", "-h" -> help = true;
                default -> throw new IllegalArgumentException("\"" + option + "\" is not an option");
            }
        }
        return new Options(duration, seed, servers, target, broken, home.orElseGet(Options::besideClasses), keep, help);
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty() || left.peek().startsWith("--")) {
            throw new IllegalArgumentException(option + " lacks its value");
        }
        return left.pop();
    }

    private static Duration minutes(String text) {
        try {
            double minutes = Double.parseDouble(text);
            if (minutes > 0 && minutes <= 60 * 24 * 365) return Duration.ofMillis(Math.round(minutes * 60_000));
        } catch (NumberFormatException notANumber) {
            // Told below, as what is out of range.
        }
        throw new IllegalArgumentException("--minutes is a number above 0, such as 3 or 0.5, not \"" + text + "\"");
    }

    private static long wholeNumber(String option, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is a whole number, not \"" + text + "\"", e);
        }
    }

    private static int servers(String text) {
        return switch (text) {
            case "3" -> 3;
            case "5" -> 5;
            default -> throw new IllegalArgumentException("--servers is 3 or 5, not \"" + text + "\"");
        };
    }

    private static Target target(String text) {
        return switch (text) {
            case "pando" -> Target.PANDO;
            case "zookeeper" -> Target.ZOOKEEPER;
            default -> throw new IllegalArgumentException("--target is pando or zookeeper, not \"" + text + "\"");
        };
    }

    private static Path folder(String text) {
        Path folder = Path.of(text).toAbsolutePath();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--dir is a folder, which " + folder + " is not");
        }
        return folder;
    }

    private static Path besideClasses() {
        try {
            return Path.of(Options.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("torture");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The classes lie at no path", e);
        }
    }

    Plan plan(long ofSeed, Duration round) {
        String name = target.name().toLowerCase(Locale.ROOT) + "-" + ofSeed + "-"
                + ProcessHandle.current().pid();
        return new Plan(target, servers, ofSeed, round, broken, home.resolve(name));
    }

    /** The command that does the same as a round. */
    String again(Plan plan) {
        StringBuilder command = new StringBuilder("bin/pando torture");
        command.append(" --minutes ").append(plan.duration().toMillis() / 60_000.0);
        command.append(" --seed ").append(plan.seed());
        command.append(" --servers ").append(plan.servers());
        if (target != Target.PANDO)
            command.append(" --target ").append(target.name().toLowerCase(Locale.ROOT));
        if (broken != Broken.NOT) command.append(" --broken ").append(broken.option());
        return command.toString();
    }
}
