package io.pando.zab.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which of the things that a story numbers from 1 on happen in it.
 *
 * @param numbers ascending; null for all of them
 */
record Chosen(@Nullable List<Integer> numbers) {
    static final Chosen ALL = new Chosen(null);

    static Chosen upTo(int last) {
        return new Chosen(IntStream.rangeClosed(1, last).boxed().toList());
    }

    /** As {@link #toString} puts it. */
    static Chosen parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        List<Integer> numbers = new ArrayList<>();
        for (String range : text.equals("none") ? new String[0] : text.split(",")) {
            String[] ends = range.split("-", 2);
            int first = Integer.parseInt(ends[0]);
            IntStream.rangeClosed(first, ends.length == 1 ? first : Integer.parseInt(ends[1]))
                    .forEach(numbers::add);
        }
        return new Chosen(List.copyOf(numbers));
    }

    boolean has(int number) {
        return numbers == null || Collections.binarySearch(numbers, number) >= 0;
    }

    /** How many there are at most. */
    int count() {
        return numbers == null ? Integer.MAX_VALUE : numbers.size();
    }

    /** Ranges, as "1-3,7"; "all" or "none". */
    @Override
    public String toString() {
        if (numbers == null) {
            return "all";
        }
        if (numbers.isEmpty()) {
            return "none";
        }
        return ranges(numbers).stream().collect(Collectors.joining(","));
    }

    private static List<String> ranges(List<Integer> numbers) {
        List<String> ranges = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= numbers.size(); i++) {
            if (i == numbers.size() || numbers.get(i) != numbers.get(i - 1) + 1) {
                int first = numbers.get(from);
                int last = numbers.get(i - 1);
                ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
                from = i;
            }
        }
        return ranges;
    }
}
