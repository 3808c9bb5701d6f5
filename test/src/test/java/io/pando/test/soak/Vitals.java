package io.pando.test.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the memory of a process is like, asked from outside: of the system, and of its JVM by {@code jcmd}. */
final class Vitals {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern FILES = Pattern.compile("Max open files\\s+(\\d+)");

    private final long pid;

    Vitals(long pid) {
        this.pid = pid;
    }

    /** Mebibytes in memory, of all kinds. */
    long residentMib() throws IOException {
        return find(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status"))) >> 10;
    }

    /** Mebibytes of the heap that a collection leaves. */
    long heapMib() throws IOException {
        jcmd("GC.run");
        return find(USED, jcmd("GC.heap_info")) >> 10;
    }

    private String jcmd(String command) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(tool.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8);
        }
    }

    /** How many files and sockets one process may have open here. */
    static int openFilesAllowed() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, find(FILES, Files.readString(Path.of("/proc/self/limits"))));
    }

    private static long find(Pattern pattern, String text) throws IOException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) throw new IOException("No " + pattern + " in " + text);
        return Long.parseLong(found.group(1));
    }
}
