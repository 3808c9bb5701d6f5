package io.pando.server.config;

import java.util.List;

/** A configuration that no server can start with: everything that is wrong with it, one sentence per problem. */
public final class ConfigException extends Exception {
    private final List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Each names the place, the key, the value (unless it may be a secret) and what is allowed. */
    public List<String> problems() {
        return problems;
    }
}
