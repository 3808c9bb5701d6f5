package io.pando.test.bench;

import io.pando.test.bench.limit.EchoProcess;
import io.pando.test.bench.limit.Limits;
import io.pando.test.bench.load.Drive;
import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.ServerKind;
import io.pando.test.bench.target.Servers;
import io.pando.test.bench.target.Target;
import io.pando.test.bench.workload.Case;
import io.pando.test.bench.workload.Catalogue;
import io.pando.test.bench.workload.Load;
import io.pando.test.bench.workload.Settings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/pando bench}: reads the command line, starts what has to be started, measures, and prints. */
@Command(
        name = "pando bench",
        subcommands = GrowthCommand.class,
        sortOptions = false,
        description = {
            "Measures a server of its own, one that runs (--server), or Pando against Apache ZooKeeper (--compare).",
            "",
            "Figures are medians of the rounds: requests a second, or the median latency where one connection has one "
                    + "request in flight (load 1x1). A ratio is Pando's figure divided by the other's.",
            ""
        })
public final class Main implements Callable<Integer> {
    private static final int HAS_ERRORS = 1;
    private static final int DEFAULT_ENSEMBLE = 3;
    private static final int DEFAULT_SESSIONS = 5_000;
    private static final int DEFAULT_SESSIONS_OF_A_CLIENT = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "WORKLOAD",
            description =
                    "get, exists, children, set, create, mixed (90%% get, 10%% set), multi (of 10 sets), ephemeral"
                        + " (create and delete), watch, watch-once (until all are told), connect (and close), idle"
                        + " (heap per session), fill (heap per znode), restart (filled; kill -9 and SIGTERM),"
                        + " snapshots (p99 and worst of writes at --rate, else 5000/s, to a filled server that takes"
                        + " snapshots all the time). Default: all these. Of an ensemble: failover, freeze (longest"
                        + " time without an acknowledged write when the leader is killed, or hangs). By itself: client"
                        + " (Pando's client library, Apache's and Curator, on one server).")
    private List<String> workloads = new ArrayList<>();

    @Option(names = "--server", paramLabel = "HOST:PORT", description = "Loads this server, below its znode /bench.")
    private @Nullable String server;

    @Option(
            names = "--compare",
            description = "Starts Pando and Apache ZooKeeper with both of its connection factories, and compares them.")
    private boolean compare;

    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "KIND",
            description = "Which servers to start: ${COMPLETION-CANDIDATES}. Default: PANDO, or all with --compare.")
    private List<ServerKind> kinds = new ArrayList<>();

    @Option(
            names = "--servers",
            paramLabel = "NUMBER",
            description =
                    "Of each kind, forming an ensemble if it is not 1. Default: 1; 3 for failover and freeze, which"
                            + " have to be asked for by themselves.")
    private @Nullable Integer size;

    @Option(
            names = "--load",
            split = ",",
            paramLabel = "CONNECTIONSxOUTSTANDING",
            description = "Such as 8x32. Default: 8x32, 64x1 and 1x1 (4x16 and 1x1 for multi).")
    private List<String> loads = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            description =
                    "Sends at this rate instead of as fast as replies come; latencies then count from when a request "
                            + "was due, so that a stall counts for all who would have waited.")
    private int perSecond = Drive.AS_FAST_AS_POSSIBLE;

    @Option(names = "--seconds", description = "Of each round. Default: ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(names = "--warm-up", description = "Seconds before each round. Default: ${DEFAULT-VALUE}.")
    private double warmUpSeconds = 2;

    @Option(names = "--rounds", description = "Default: 5; 20 for failover and freeze.")
    private @Nullable Integer rounds;

    @Option(names = "--data", paramLabel = "BYTES", description = "Of each znode. Default: ${DEFAULT-VALUE}.")
    private int dataBytes = 100;

    @Option(names = "--keys", description = "Znodes to choose from. Default: ${DEFAULT-VALUE}.")
    private int keys = 10_000;

    @Option(names = "--watchers", description = "Default: ${DEFAULT-VALUE}.")
    private int watchers = 1_000;

    @Option(names = "--sessions", description = "Idle ones. Default: 5000; 1000 for client.")
    private @Nullable Integer sessions;

    @Option(names = "--znodes", description = "To fill a server with. Default: ${DEFAULT-VALUE}.")
    private int znodes = 1_000_000;

    @Option(
            names = "--limits",
            description =
                    "Measures what the machine itself can do first (a bare server that echoes, tells everybody and"
                            + " hangs up; fdatasync), and puts it beside the figures. Alone: only that.")
    private boolean limits;

    @Mixin
    private Workshop workshop = new Workshop();

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .execute(args));
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof LoadException) {
            command.getErr().println(failure.getMessage());
            return HAS_ERRORS;
        }
        throw failure;
    }

    @Override
    public Integer call() {
        try {
            var catalogue = new Catalogue(settings());
            var cases = catalogue.cases(workloads.isEmpty() ? Catalogue.names() : workloads);
            var ceilings = limits ? ceilings() : Ceilings.NONE;
            return show(onlyLimits() ? new Results() : measure(cases), ceilings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private boolean onlyLimits() {
        return limits && workloads.isEmpty() && !compare && server == null && kinds.isEmpty();
    }

    private Ceilings ceilings() {
        try (var echo = EchoProcess.start()) {
            Runtime.getRuntime().addShutdownHook(new Thread(echo::close, "end-echo"));
            var cases = Limits.cases(settings(), workshop.installation().work());
            return new Ceilings(rounds(Contenders.running(echo)).run(cases), size());
        }
    }

    private Results measure(List<Case> cases) {
        var installation = workshop.installation();
        try (var servers = new Servers(installation)) {
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "end-servers"));
            var contenders = contenders(servers);
            if (Catalogue.comparesClients(workloads)) {
                contenders = Contenders.clients(installation, contenders);
            }
            return rounds(contenders).run(cases);
        }
    }

    private Rounds rounds(Contenders contenders) {
        var wanted = rounds == null ? OptionalInt.empty() : OptionalInt.of(rounds);
        return new Rounds(contenders, wanted, workshop.repeats(), workshop.progress());
    }

    private Settings settings() {
        return new Settings(
                loads.stream().map(Load::of).toList(),
                perSecond,
                ofSeconds(warmUpSeconds),
                ofSeconds(seconds),
                dataBytes,
                keys,
                watchers,
                sessions(),
                znodes);
    }

    private int sessions() {
        if (sessions != null) {
            return sessions;
        }
        return Catalogue.comparesClients(workloads) ? DEFAULT_SESSIONS_OF_A_CLIENT : DEFAULT_SESSIONS;
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private Contenders contenders(Servers servers) {
        if (server != null) {
            return Contenders.running(new Target.Remote(address(server)));
        }
        if (!kinds.isEmpty()) {
            return Contenders.started(kinds, size(), servers);
        }
        return Contenders.started(compare ? List.of(ServerKind.values()) : List.of(ServerKind.PANDO), size(), servers);
    }

    private int size() {
        if (size != null) {
            return size;
        }
        return Catalogue.needsEnsemble(workloads) ? DEFAULT_ENSEMBLE : 1;
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    hostAndPort.substring(0, Math.max(0, colon)), Integer.parseInt(hostAndPort.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A server is written HOST:PORT, not " + hostAndPort + ".");
        }
    }

    private int show(Results results, Ceilings ceilings) {
        workshop.print(workshop.json() ? Json.of(results, ceilings) : Table.of(results, ceilings));
        return results.areClean() && ceilings.limits().areClean() ? 0 : HAS_ERRORS;
    }
}
