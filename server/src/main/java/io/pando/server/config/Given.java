package io.pando.server.config;

import java.util.regex.Pattern;

/** A key and a value that somebody gave, not yet judged. */
record Given(String key, String value, Origin origin) {
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|passwd|superDigest|secret|credential).*");

    /** Beginning of every sentence about it; the value is there unless the key sounds like a secret. */
    String describe() {
        var shown = SECRET.matcher(key).matches() ? Secret.REDACTED : value;
        return origin.describe() + ": " + key + "=" + shown;
    }

    /** The same without any value: nobody knows whether a misspelled key was one of a secret. */
    String describeKey() {
        return origin.describe() + ": " + key;
    }
}
