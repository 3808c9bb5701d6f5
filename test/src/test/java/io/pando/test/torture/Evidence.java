package io.pando.test.torture;

import io.pando.test.harness.Member;
import io.pando.test.harness.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Everything that helps to understand a verdict, in the folder in which it was. */
final class Evidence {
    /** For a JVM to write what its threads do. */
    private static final Duration FOR_A_DUMP = Duration.ofSeconds(1);

    private final Plan plan;
    private final Site site;

    Evidence(Plan plan, Site site) {
        this.plan = plan;
        this.site = site;
    }

    /** Keeps all there is, and ends all servers. Returns how to look at it, line by line. */
    List<String> keep(List<Workload> workloads, Findings findings, Report report) throws IOException {
        askForThreads();
        Files.write(plan.folder().resolve("findings.txt"), findings.all());
        Path histories = Files.createDirectories(plan.folder().resolve("histories"));
        for (Workload workload : workloads) workload.writeTo(histories);
        site.kill();
        Optional<Path> disk = site.keepDisk();
        List<String> lines = describe(disk);
        List<String> all = new ArrayList<>(report.lines());
        all.addAll(lines);
        Files.write(plan.folder().resolve("report.txt"), all);
        return lines;
    }

    /** What all threads of all servers do now, which their output tells. */
    private void askForThreads() throws IOException {
        for (Member member : site.members()) {
            if (member.isAlive()) {
                new ProcessBuilder("kill", "-QUIT", Long.toString(member.pid())).start();
            }
        }
        LockSupport.parkNanos(FOR_A_DUMP.toNanos());
    }

    private List<String> describe(Optional<Path> disk) {
        Path folder = plan.folder();
        List<String> lines = new ArrayList<>(List.of(
                "All evidence is in " + folder,
                "  findings.txt             what was found",
                "  report.txt               what was done, and when",
                "  histories/*.txt          what clients asked and were told, znode by znode; times are nanoseconds of"
                        + " one clock",
                "  clients.log              what the client libraries logged",
                "  server-N/std*.txt        what server N said in each of its lives; the last ends with what its"
                        + " threads did",
                "  server-N/data            what it had stored"));
        disk.ifPresent(
                copy -> lines.add("  " + folder.relativize(copy) + "        the same of the one with the small disk"));
        if (plan.target() == Target.PANDO) {
            Path data = folder.resolve("server-1").resolve("data");
            lines.add("Look at what a server has stored:");
            lines.add("  bin/pando log --help; bin/pando snapshot --help, with " + data);
        }
        return lines;
    }
}
