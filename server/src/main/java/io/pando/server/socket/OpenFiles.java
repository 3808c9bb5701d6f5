package io.pando.server.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many files, sockets included, Linux lets this process have open, and how many of them clients leave to the log, to snapshots and to
 * other servers: without any left, a server that can't open the next segment of its log has to stop.
 */
final class OpenFiles {
    private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern MOST = Pattern.compile("Max open files +(\\d+) .*");
    private static final int RESERVED = 64;

    private OpenFiles() {}

    /**
     * From which number on a file is none of a client's. As the system gives out the lowest number that is free, whoever gets one as high as that
     * is among the last.
     */
    static int firstReserved() {
        try {
            return firstReserved(Files.readAllLines(LIMITS));
        } catch (IOException e) {
            log.debug("Nobody tells how many files may be open: {}", e.toString());
            return Integer.MAX_VALUE;
        }
    }

    /** The same by the lines of {@code /proc/self/limits} (proc_pid_limits(5)): the highest of all where there is no limit. */
    static int firstReserved(List<String> limits) {
        for (String line : limits) {
            Matcher most = MOST.matcher(line);
            if (most.matches()) {
                long soft = Long.parseLong(most.group(1));
                return (int) Math.min(Integer.MAX_VALUE, soft - Math.min(RESERVED, soft / 4));
            }
        }
        return Integer.MAX_VALUE;
    }
}
