package io.pando.test.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.bench.target.Installation;
import io.pando.test.harness.Member;
import io.pando.test.harness.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server is like, asked from outside: its memory of the system and, by {@code jcmd}, of its JVM; and its standstills of what it logs. */
final class Vitals {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile("used\\s+(\\d+)([KM])");
    private static final Pattern FILES = Pattern.compile("Max open files\\s+(\\d+)");

    private static final Pattern PAUSE = Pattern.compile("paused for about (\\d+) ms");

    private final long pid;
    private final BooleanSupplier alive;
    private final Supplier<String> output;

    private Vitals(long pid, BooleanSupplier alive, Supplier<String> output) {
        this.pid = pid;
        this.alive = alive;
        this.output = output;
    }

    static Vitals of(ServerProcess server) {
        return new Vitals(server.pid(), server::isAlive, server::output);
    }

    static Vitals of(Member member) {
        return new Vitals(member.pid(), member::isAlive, member::output);
    }

    long pid() {
        return pid;
    }

    boolean isAlive() {
        return alive.getAsBoolean();
    }

    /** All that it has logged. */
    String output() {
        return output.get();
    }

    /** How long it has kept processors busy so far; nothing if it is dead. */
    Duration processorTime() {
        return processorTime(pid);
    }

    static Duration processorTime(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** A figure that has to be asked for. */
    interface Figure {
        long of(Vitals server) throws IOException;
    }

    static List<Long> ofEach(List<Vitals> servers, Figure figure) throws IOException {
        List<Long> all = new ArrayList<>();
        for (Vitals server : servers) all.add(server.isAlive() ? figure.of(server) : 0);
        return all;
    }

    /** How long its core stood still at most, in milliseconds, since it was started; 0 if never for long enough to be told. */
    long longestStandstillMs() {
        return PAUSE.matcher(output())
                .results()
                .mapToLong(pause -> Long.parseLong(pause.group(1)))
                .max()
                .orElse(0);
    }

    /** Mebibytes in memory, of all kinds. */
    long residentMib() throws IOException {
        return find(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status"))) >> 10;
    }

    /** Mebibytes of the heap that a collection leaves. */
    long heapMib() throws IOException {
        jcmd("GC.run");
        String told = jcmd("GC.heap_info");
        Matcher used = USED.matcher(told);
        if (!used.find()) throw new IOException("No " + USED + " in " + told);
        long number = Long.parseLong(used.group(1));
        return used.group(2).equals("M") ? number : number >> 10; // one collector counts in these, another in those
    }

    private String jcmd(String command) throws IOException {
        Path tool = Installation.jdk("jcmd");
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
