package io.pando.zab.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data of a server that has made something else of its history than the others have. It is never used again, and it is kept, because
 * whoever wants to know how that came about has nothing else.
 *
 * <pre>
 *   while it runs: declare ─▶ diverged.txt in dataDir
 *   next start:    set aside ─▶ segments, snapshots, promise and identity into "evidence", at last diverged.txt
 * </pre>
 *
 * <p>A crash in between leaves the declaration where it was, and the start after it goes on. The server then begins as one that has lost
 * its data. It does so once: while there is evidence that nobody has looked into and moved away, a second declaration keeps it from
 * starting, so that no server loses its data again and again.
 */
final class Evidence {
    private static final Logger log = LoggerFactory.getLogger(Evidence.class);
    private static final String DECLARATION = "diverged.txt";
    private static final String FOLDER = "evidence";

    private final FileSystem files;
    private final Path dataDir;
    private final Path logDir;

    Evidence(FileSystem files, Path dataDir, Path logDir) {
        this.files = files;
        this.dataDir = dataDir;
        this.logDir = logDir;
    }

    /**
     * Returns when it is durable that this data is not to be used any more.
     *
     * @param report what differed and when, for people
     */
    void declare(String report) throws IOException {
        TemporaryFiles.replace(files, dataDir.resolve(DECLARATION), ByteBuffer.wrap(report.getBytes(UTF_8)));
    }

    /** Whether there is some that nobody has moved away. */
    boolean isKept() throws IOException {
        return files.exists(folderIn(dataDir).resolve(DECLARATION));
    }

    private static Path folderIn(Path directory) {
        return directory.resolve(FOLDER);
    }

    /**
     * Moves what was declared out of the way; does nothing where nothing was.
     *
     * @throws UnusableStorageException if there is evidence of an earlier time
     */
    void setAside() throws IOException {
        Path declaration = dataDir.resolve(DECLARATION);
        if (!files.exists(declaration)) {
            return;
        }
        if (isKept()) {
            throw second();
        }
        Path folder = folderIn(dataDir);
        move(new SegmentFiles(files, logDir).list(), logDir);
        move(stateIn(dataDir), dataDir);
        files.rename(declaration, folder.resolve(DECLARATION));
        files.syncDirectory(folder);
        files.syncDirectory(dataDir);
        log.warn(
                "The data of this server is set aside in {}: {} in it says what was wrong. The server begins anew and"
                        + " gets everything from the others.",
                folder,
                DECLARATION);
    }

    private List<Path> stateIn(Path directory) throws IOException {
        List<Path> state = new ArrayList<>(SnapshotStore.list(files, directory));
        for (String name : List.of(PromiseFile.NAME, IdentityFile.NAME)) {
            if (files.exists(directory.resolve(name))) {
                state.add(directory.resolve(name));
            }
        }
        return state;
    }

    private void move(List<Path> all, Path from) throws IOException {
        Path folder = folderIn(from);
        files.createDirectories(folder);
        for (Path file : all) {
            Path target = folder.resolve(file.getFileName());
            if (files.exists(target)) {
                throw second();
            }
            files.rename(file, target);
        }
        files.syncDirectory(folder);
        files.syncDirectory(from);
    }

    private UnusableStorageException second() {
        Path folder = folderIn(dataDir);
        return new UnusableStorageException(
                folder,
                "The tree of this server differs from the others' again (" + dataDir.resolve(DECLARATION)
                        + "), after its data was set aside before (" + folder
                        + "). It stays out, since getting everything from the others has not helped: look for bad"
                        + " memory, a bad disk or another version of the program on this machine. To let it try once"
                        + " more, move " + folder
                        + (logDir.equals(dataDir) ? "" : " and " + folderIn(logDir)) + " elsewhere and start it.");
    }
}
