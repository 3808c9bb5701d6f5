package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.error.NoNodeException;
import io.pando.client.error.NodeExistsException;
import io.pando.datatree.ZnodePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Limits on how many znodes and bytes there may be below a path. They are data of znodes below {@code /zookeeper/quota}, in the
 * form {@code count=N,bytes=N=;byteHardLimit=N;countHardLimit=N}; -1 is no limit. A soft limit is only logged when it is exceeded.
 */
@Command
final class QuotaCommands extends CommandGroup {
    private static final String QUOTAS = "/zookeeper/quota";
    private static final String LIMITS = "/zookeeper_limits";
    private static final String USAGE = "/zookeeper_stats";
    private static final long NONE = -1;

    private final Link link;
    private final Printer printer;

    QuotaCommands(Link link, Printer printer) {
        this.link = link;
        this.printer = printer;
    }

    /** The four limits, -1 for none. */
    private record Limits(long count, long bytes, long bytesHard, long countHard) {
        static Limits parse(String text) {
            Map<String, Long> found = new LinkedHashMap<>();
            for (String part : text.split("[,;]", -1)) {
                String[] keyAndNumber = part.split("=", -1);
                if (keyAndNumber.length >= 2 && keyAndNumber[1].matches("-?\\d+")) {
                    found.put(keyAndNumber[0], Long.parseLong(keyAndNumber[1]));
                }
            }
            return new Limits(
                    found.getOrDefault("count", NONE),
                    found.getOrDefault("bytes", NONE),
                    found.getOrDefault("byteHardLimit", NONE),
                    found.getOrDefault("countHardLimit", NONE));
        }

        Limits changedBy(Optional<Long> soft, Optional<Long> softBytes, Optional<Long> hard, Optional<Long> hardBytes) {
            return new Limits(
                    soft.orElse(count), softBytes.orElse(bytes), hardBytes.orElse(bytesHard), hard.orElse(countHard));
        }

        boolean isEmpty() {
            return count < 0 && bytes < 0 && bytesHard < 0 && countHard < 0;
        }

        String text() {
            return "count=" + count + ",bytes=" + bytes + "=;byteHardLimit=" + bytesHard + ";countHardLimit="
                    + countHard;
        }

        Map<String, Long> json() {
            Map<String, Long> json = new LinkedHashMap<>();
            json.put("count", count);
            json.put("bytes", bytes);
            json.put("countHard", countHard);
            json.put("bytesHard", bytesHard);
            return json;
        }
    }

    @Command(name = "setquota", description = "Limits what may be below a znode, itself included.")
    void setquota(
            @Option(names = "-n", paramLabel = "COUNT", description = "Znodes; more are logged.") Optional<Long> count,
            @Option(names = "-b", paramLabel = "BYTES", description = "Bytes of data; more are logged.")
                    Optional<Long> bytes,
            @Option(names = "-N", paramLabel = "COUNT", description = "Znodes; more are refused.")
                    Optional<Long> countHard,
            @Option(names = "-B", paramLabel = "BYTES", description = "Bytes of data; more are refused.")
                    Optional<Long> bytesHard,
            @Parameters(paramLabel = "PATH") String path)
            throws InterruptedException {
        if (count.isEmpty() && bytes.isEmpty() && countHard.isEmpty() && bytesHard.isEmpty()) {
            throw new MistakeException("Say which limit: -n, -b, -N or -B with a number.");
        }
        Pando pando = whole();
        if (!WriteCommands.exists(pando, path)) {
            throw new NoNodeException("setquota", path);
        }
        refuseNested(pando, path);
        Limits limits = limitsOf(pando, path).orElse(Limits.parse("")).changedBy(count, bytes, countHard, bytesHard);
        write(pando, path, limits);
        printer.show("", limits.json());
    }

    /** ZooKeeper allows one quota on the way from the root to a znode. */
    private static void refuseNested(Pando pando, String path) throws InterruptedException {
        for (String above = path; !above.equals(ZnodePath.ROOT); ) {
            above = ZnodePath.parentOf(above);
            if (limitsOf(pando, above).isPresent()) {
                throw new MistakeException(
                        above + " has a quota already, and one above or below another is not allowed.");
            }
        }
        String own = quotaOf(path);
        if (WriteCommands.exists(pando, own)) {
            for (String below : Subtree.paths(pando, own)) {
                if (below.endsWith(LIMITS) && !below.equals(own + LIMITS)) {
                    String other = below.substring(QUOTAS.length(), below.length() - LIMITS.length());
                    throw new MistakeException(
                            other + " has a quota already, and one above or below another is not allowed.");
                }
            }
        }
    }

    private static void write(Pando pando, String path, Limits limits) throws InterruptedException {
        try {
            pando.create(quotaOf(path) + LIMITS)
                    .data(limits.text())
                    .makeParents()
                    .now();
            pando.create(quotaOf(path) + USAGE).data("count=0,bytes=0").now();
        } catch (NodeExistsException there) {
            pando.setData(quotaOf(path) + LIMITS, limits.text()).now();
        }
    }

    @Command(name = "listquota", description = "Shows the limits of a znode, and what there is.")
    void listquota(@Parameters(paramLabel = "PATH") String path) throws InterruptedException {
        Pando pando = whole();
        Limits limits =
                limitsOf(pando, path).orElseThrow(() -> new MistakeException("There is no quota for " + path + "."));
        String used = pando.getData(quotaOf(path) + USAGE).now().text();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("limits", limits.json());
        json.put("used", used);
        printer.show("limits: " + limits.text() + System.lineSeparator() + "used:   " + used, json);
    }

    @Command(name = "delquota", description = "Takes limits away: those named, or all.")
    void delquota(
            @Option(names = "-n", description = "That of znodes.") boolean count,
            @Option(names = "-b", description = "That of bytes.") boolean bytes,
            @Option(names = "-N", description = "The hard one of znodes.") boolean countHard,
            @Option(names = "-B", description = "The hard one of bytes.") boolean bytesHard,
            @Parameters(paramLabel = "PATH") String path)
            throws InterruptedException {
        Pando pando = whole();
        Limits limits =
                limitsOf(pando, path).orElseThrow(() -> new MistakeException("There is no quota for " + path + "."));
        boolean all = !count && !bytes && !countHard && !bytesHard;
        Limits left = limits.changedBy(
                noneIf(all || count), noneIf(all || bytes), noneIf(all || countHard), noneIf(all || bytesHard));
        if (left.isEmpty()) {
            for (String below : List.of(LIMITS, USAGE)) {
                pando.delete(quotaOf(path) + below).quietly().now();
            }
        } else {
            pando.setData(quotaOf(path) + LIMITS, left.text()).now();
        }
        printer.show("", left.json());
    }

    private static Optional<Long> noneIf(boolean wanted) {
        return wanted ? Optional.of(NONE) : Optional.empty();
    }

    private static Optional<Limits> limitsOf(Pando pando, String path) throws InterruptedException {
        try {
            return Optional.of(
                    Limits.parse(pando.getData(quotaOf(path) + LIMITS).now().text()));
        } catch (NoNodeException none) {
            return Optional.empty();
        }
    }

    private static String quotaOf(String path) {
        return path.equals(ZnodePath.ROOT) ? QUOTAS : QUOTAS + path;
    }

    /** A client that sees the whole tree: quotas are kept outside of every chroot. */
    private Pando whole() throws InterruptedException {
        if (!link.servers().chroot().equals(ZnodePath.ROOT)) {
            throw new MistakeException("Quotas are kept outside of "
                    + link.servers().chroot() + "; connect without it, and use whole paths.");
        }
        return link.pando();
    }
}
