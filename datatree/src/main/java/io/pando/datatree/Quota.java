package io.pando.datatree;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The quota that covers a path: the limits that its nearest limits znode sets, -1 where it sets none, and what the subtree
 * holds right now. The count includes the znode at {@code path} itself; bytes are data only.
 */
public record Quota(
        String path,
        long countLimit,
        long bytesLimit,
        long countHardLimit,
        long bytesHardLimit,
        long count,
        long bytes) {

    /** Reads limits as ZooKeeper's tools write them: {@code count=N,bytes=N=;byteHardLimit=N;countHardLimit=N}. */
    static Quota parse(String path, byte @Nullable [] limits, long count, long bytes) {
        String text = limits == null ? "" : new String(limits, StandardCharsets.UTF_8);
        return new Quota(
                path,
                limit(text, "count"),
                limit(text, "bytes"),
                limit(text, "countHardLimit"),
                limit(text, "byteHardLimit"),
                count,
                bytes);
    }

    /** What a stats znode shows. */
    static byte[] usage(long count, long bytes) {
        return ("count=" + count + ",bytes=" + bytes).getBytes(StandardCharsets.UTF_8);
    }

    private static long limit(String text, String key) {
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && text.charAt(to) != ',' && text.charAt(to) != ';') {
                to++;
            }
            if (text.startsWith(key + "=", from)) {
                return number(text.substring(from + key.length() + 1, to));
            }
            from = to + 1;
        }
        return -1;
    }

    /** Nonsense sets no limit: clients may write whatever they like there. */
    private static long number(String text) {
        // Old tools end the byte limit with a second '=', as if to separate it from the hard limits.
        String digits = text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
        try {
            return Math.max(-1, Long.parseLong(digits.strip()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
