package io.pando.server.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text after a key may be, and the value it stands for. */
sealed interface ValueType<T> {

    /** The value that the text stands for; empty if it is not {@link #allowed()}. */
    Optional<T> parse(String text);

    /** What is allowed, as the end of the sentence "... is not". */
    String allowed();

    /** A whole number; hexadecimal with {@code 0x} too, as ZooKeeper's documentation writes {@code jute.maxbuffer}. */
    record WholeNumber(long min, long max) implements ValueType<Long> {
        @Override
        public Optional<Long> parse(String text) {
            try {
                var hexadecimal = text.startsWith("0x") || text.startsWith("0X");
                var value = hexadecimal ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
                return value < min || value > max ? Optional.empty() : Optional.of(value);
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        @Override
        public String allowed() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** ZooKeeper writes some switches as true and false, others as yes and no; both are read for all. */
    record YesNo() implements ValueType<Boolean> {
        @Override
        public Optional<Boolean> parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> Optional.of(true);
                case "false", "no" -> Optional.of(false);
                default -> Optional.empty();
            };
        }

        @Override
        public String allowed() {
            return "true, false, yes or no";
        }
    }

    /** A text of a given shape. */
    record Text(Pattern shape, String allowed) implements ValueType<String> {
        @Override
        public Optional<String> parse(String text) {
            return shape.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        }
    }

    /** One out of a few words, in any case. */
    record Choice(List<String> words) implements ValueType<String> {
        @Override
        public Optional<String> parse(String text) {
            return words.stream().filter(text::equalsIgnoreCase).findFirst();
        }

        @Override
        public String allowed() {
            return String.join(" or ", words);
        }
    }

    /** A text that must not be shown to anybody. */
    record SecretText(Pattern shape, String allowed) implements ValueType<Secret> {
        @Override
        public Optional<Secret> parse(String text) {
            return shape.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
        }
    }

    /** Words out of a closed list, separated by commas; {@code *} means all of them. */
    record Words(List<String> known) implements ValueType<Set<String>> {
        @Override
        public Optional<Set<String>> parse(String text) {
            var words = new LinkedHashSet<String>();
            for (var word : Arrays.stream(text.split(",")).map(String::strip).toList()) {
                if (word.equals("*")) {
                    words.addAll(known);
                } else if (known.contains(word)) {
                    words.add(word);
                } else if (!word.isEmpty()) {
                    return Optional.empty();
                }
            }
            return Optional.of(words);
        }

        @Override
        public String allowed() {
            return "a list, separated by commas, of " + String.join(" ", known) + " (or * for all)";
        }
    }

    /** The name of a hash algorithm that this Java has. */
    record HashAlgorithm() implements ValueType<String> {
        @Override
        public Optional<String> parse(String text) {
            try {
                return Optional.of(MessageDigest.getInstance(text).getAlgorithm());
            } catch (NoSuchAlgorithmException unknown) {
                return Optional.empty();
            }
        }

        @Override
        public String allowed() {
            return "a hash algorithm of this Java, such as SHA1, SHA-256 or SHA-512";
        }
    }
}
