package io.pando.server.config;

import io.pando.server.config.ValueType.WholeNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which of the listed servers this one is: the key {@code myid}, or a file of that name in the data directory, as ZooKeeper has it. */
final class MyId {
    /** It is the top byte of the session ids that the server gives out, where 255 marks znodes with a time to live. */
    static final WholeNumber RANGE = new WholeNumber(0, 254);

    private static final String NAME = "myid";

    private final Settings settings;
    private final Path file;
    private final List<String> problems;

    MyId(Settings settings, List<String> problems) {
        this.settings = settings;
        this.file = Path.of(settings.get(ActiveKeys.DATA_DIR))
                .toAbsolutePath()
                .normalize()
                .resolve(NAME);
        this.problems = problems;
    }

    Path file() {
        return file;
    }

    /** Empty if there is none, or none that is any good, which is added to the problems then. */
    Optional<Long> find() {
        Optional<Long> written = readFile();
        Optional<Settings.Setting<Long>> given = settings.find(ActiveKeys.MY_ID);
        if (given.isEmpty()) {
            return written;
        }
        long id = given.get().value();
        if (written.isPresent() && written.get() != id) {
            problems.add(given.get().origin().describe() + ": myid=" + id + " and " + file + ", which says "
                    + written.get() + ", contradict each other: that data belongs to another server.");
        }
        return Optional.of(id);
    }

    /** What is wrong with the directory itself, the storage says better. */
    private Optional<Long> readFile() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file).strip();
            Optional<Long> id = RANGE.parse(text);
            if (id.isEmpty()) {
                problems.add(file + ": " + text + " is not " + RANGE.allowed() + ".");
            }
            return id;
        } catch (IOException unreadable) {
            problems.add(file + " can't be read: " + unreadable.getMessage());
            return Optional.empty();
        }
    }
}
