package io.pando.test.bench.target;

import io.pando.test.bench.load.LoadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * How many bytes of a JVM's heap are in use, asked from outside.
 *
 * <p>{@code jcmd GC.class_histogram} collects garbage and then adds up the live objects, so the answer doesn't depend on the
 * collector and its regions.
 */
final class Heap {
    /** The last line: {@code Total  <instances>  <bytes>}. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

    private Heap() {}

    static long liveBytes(long pid) {
        try {
            var process = new ProcessBuilder(
                            Installation.jdk("jcmd").toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return totalOf(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new LoadException("Can't ask process " + pid + " for its heap: " + e.getMessage(), e);
        }
    }

    static long totalOf(String histogram) {
        var total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new LoadException("jcmd gave no histogram: " + histogram.lines().findFirst().orElse("nothing"));
        }
        return Long.parseLong(total.group(1));
    }
}
