package io.pando.zab.log;

import java.io.IOException;
import java.nio.file.Path;

/** Another server works on this directory: two would destroy each other's log. */
public final class DirectoryInUseException extends IOException {
    public DirectoryInUseException(Path directory, String holder) {
        super("Directory " + directory + " is in use by " + holder
                + ". Stop that server first, or give this one a dataDir (and dataLogDir) of its own.");
    }
}
