package io.pando.server.config;

import java.nio.file.Path;

/** Where a value came from. */
sealed interface Origin {

    /** As a phrase that a sentence about a value can begin with. */
    String describe();

    record InFile(Path file, int line) implements Origin {
        @Override
        public String describe() {
            return file + " line " + line;
        }
    }

    record InEnvironment(String variable) implements Origin {
        @Override
        public String describe() {
            return "environment " + variable;
        }
    }

    record OnCommandLine() implements Origin {
        @Override
        public String describe() {
            return "--set";
        }
    }

    record ByDefault() implements Origin {
        @Override
        public String describe() {
            return "default";
        }
    }
}
