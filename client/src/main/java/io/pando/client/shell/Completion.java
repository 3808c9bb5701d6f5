package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.error.PandoException;
import io.pando.datatree.ZnodePath;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What could be meant by the beginning of a word: a command, an option of one, or a path as the tree has it. */
final class Completion {
    private static final int PATIENCE_MS = 500;

    private final CommandTable commands;
    private final Link link;

    Completion(CommandTable commands, Link link) {
        this.commands = commands;
        this.link = link;
    }

    void complete(ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        if (line.wordIndex() == 0) {
            commands.names().forEach(name -> candidates.add(new Candidate(name)));
        } else if (word.startsWith("-")) {
            options(line.words().get(0), candidates);
        } else if (word.startsWith("/")) {
            paths(word, candidates);
        }
    }

    private void options(String command, List<Candidate> candidates) {
        CommandLine known = commands.find(command);
        if (known != null) {
            known.getCommandSpec().options().forEach(option -> candidates.add(new Candidate(option.longestName())));
        }
    }

    /** The children of what stands before the last slash. */
    private void paths(String word, List<Candidate> candidates) {
        int slash = word.lastIndexOf('/');
        String parent = slash == 0 ? ZnodePath.ROOT : word.substring(0, slash);
        for (String name : childrenOf(parent)) {
            String path = ZnodePath.childOf(parent, name);
            candidates.add(new Candidate(path, name, null, null, null, null, false));
        }
    }

    /** None when the server does not answer at once: nobody waits for a completion. */
    private List<String> childrenOf(String parent) {
        @Nullable Pando pando = link.openOrNull();
        if (pando == null || !ZnodePath.isValid(parent)) {
            return List.of();
        }
        try {
            return pando.getChildren(parent)
                    .async()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .names();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException | PandoException none) {
            return List.of();
        }
    }
}
