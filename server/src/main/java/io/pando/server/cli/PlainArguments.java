package io.pando.server.cli;

import io.pando.server.config.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The usual command line of a server, {@code server} with a file and keys and nothing else, read without picocli: its classes are
 * too old for the JVM's record of a rehearsed server, and loading them takes a quarter of a start.
 *
 * <p>Whatever could mean anything else, mistakes included, is left to picocli.
 */
final class PlainArguments {
    private PlainArguments() {}

    /** Empty if picocli has to look at them. */
    static Optional<Sources> of(String[] arguments, Map<String, String> environment) {
        if (arguments.length % 2 == 0 || !arguments[0].equals(ServerCommand.NAME)) {
            return Optional.empty();
        }
        Optional<Path> file = Optional.empty();
        List<String> sets = new ArrayList<>();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            if (!isPlain(value)) {
                return Optional.empty();
            }
            switch (arguments[i]) {
                case "-s", "--set" -> sets.add(value);
                case "-c", "--config" -> {
                    if (file.isPresent()) {
                        return Optional.empty();
                    }
                    file = Optional.of(Path.of(value));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Sources(file, environment, List.copyOf(sets)));
    }

    /** Picocli takes what begins otherwise for an option, a file of arguments or a quotation. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && (Character.isLetterOrDigit(value.charAt(0)) || "/._".indexOf(value.charAt(0)) >= 0);
    }
}
