package io.pando.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the servers of an ensemble keep their data.
 *
 * @param isTemporary whether it goes with the ensemble
 */
record DataFolder(Path path, boolean isTemporary) {

    /** The given one, or a temporary one. */
    static DataFolder at(Optional<Path> given) throws IOException {
        return given.isPresent()
                ? new DataFolder(given.get(), false)
                : new DataFolder(Files.createTempDirectory("pando-ensemble-"), true);
    }

    Path of(int server) {
        return path.resolve("server-" + server);
    }

    /** Deletes a temporary one, once nobody writes there any more. */
    void delete() {
        if (!isTemporary || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> found = Files.walk(path)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Not everything in " + path + " could be deleted", e);
        }
    }
}
