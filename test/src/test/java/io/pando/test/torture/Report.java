package io.pando.test.torture;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is told to whoever waits for the verdict, line by line, with the time since the beginning; kept, so that it can be evidence. */
final class Report {
    private final PrintStream out;
    private final long beginning = System.nanoTime();
    private final List<String> lines = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    /** Something that happens now. */
    void happens(String what) {
        say("%7.1f s  %s".formatted(seconds(), what));
    }

    void say(String line) {
        lines.add(line);
        out.println(line);
        out.flush();
    }

    private double seconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginning) / 1000.0;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
