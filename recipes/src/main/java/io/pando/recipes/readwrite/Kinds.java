package io.pando.recipes.readwrite;

import io.pando.recipes.line.Turn;
import java.util.List;

/** The names of readers and writers, which are Curator's, and the rule of when a reader's turn has come. */
final class Kinds {
    static final String READ = "__READ__";
    static final String WRITE = "__WRIT__";

    /**
     * When no writer is in front any more; readers in front are no hindrance. Waits for the last of the writers in front, so that a
     * reader is woken once, when its turn has most likely come.
     */
    static final Turn BEHIND_WRITERS = (line, own) -> {
        List<String> inFront = line.subList(0, line.indexOf(own));
        return inFront.stream().filter(name -> name.contains(WRITE)).reduce((first, second) -> second);
    };

    private Kinds() {}
}
