package io.pando.client.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that were typed into this shell, and what they want next: one of them again, or the end. One thread. */
final class Past {
    private final List<String> lines = new ArrayList<>();
    private @Nullable String again;
    private boolean ended;

    /** What introduces the shell to a server is kept nowhere: it is mostly a password. */
    void add(String line) {
        if (!isSecret(line)) {
            lines.add(line);
        }
    }

    static boolean isSecret(String line) {
        return line.strip().startsWith("addauth");
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Wishes for the line with a number. */
    void again(int number) {
        if (number < 0 || number >= lines.size() || lines.get(number).strip().startsWith("redo")) {
            throw new MistakeException("There is no line " + number + " to run again; see history.");
        }
        again = lines.get(number);
    }

    /** The line that was wished for, once. */
    @Nullable
    String takeAgain() {
        String line = again;
        again = null;
        return line;
    }

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }
}
