package io.pando.test.bench.client;

import io.pando.test.bench.load.Latencies;
import io.pando.test.bench.load.LoadException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a worker found out, by name. It passes from process to process as lines of a name and a number. */
public record Findings(Map<String, Double> values) {
    /** Calls answered in a second. */
    public static final String PER_SECOND = "perSecond";
    /** Bytes that the whole process allocated per call. */
    public static final String ALLOCATED_BYTES = "allocatedBytes";
    /** Calls without a good answer. */
    public static final String FAILED = "failed";
    /** Java threads that the first session brought. */
    public static final String THREADS_OF_ONE = "threadsOfOne";
    /** Java threads that all sessions brought. */
    public static final String THREADS_OF_ALL = "threadsOfAll";
    /** Live bytes of heap that each session after the first brought. */
    public static final String HEAP_BYTES_EACH = "heapBytesEach";

    public Findings {
        values = Map.copyOf(values);
    }

    /** Adds latencies to other values. */
    static Findings of(Map<String, Double> values, Latencies latencies) {
        var all = new TreeMap<>(values);
        all.put("count", (double) latencies.count());
        all.put("meanUs", latencies.meanUs());
        all.put("p50Us", latencies.p50Us());
        all.put("p90Us", latencies.p90Us());
        all.put("p99Us", latencies.p99Us());
        all.put("p999Us", latencies.p999Us());
        all.put("maxUs", latencies.maxUs());
        return new Findings(all);
    }

    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new LoadException("A client's worker does not say " + name + ", but " + values + ".");
        }
        return value;
    }

    public Latencies latencies() {
        return new Latencies(
                (long) get("count"),
                get("meanUs"),
                get("p50Us"),
                get("p90Us"),
                get("p99Us"),
                get("p999Us"),
                get("maxUs"));
    }

    String inLines() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue() + "\n")
                        .collect(Collectors.joining());
    }

    static Findings ofLines(String lines) {
        try {
            return new Findings(lines.lines()
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1]))));
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new LoadException("A client's worker says what nobody understands:\n" + lines, e);
        }
    }
}
