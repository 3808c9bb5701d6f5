package io.pando.test.bench.workload;

import io.pando.test.bench.load.Frame;
import io.pando.test.bench.load.Frames;
import io.pando.test.bench.load.Requests;
import io.pando.test.bench.target.ServerEnsemble.Blow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** All workloads by name, and the cases that each stands for. */
public final class Catalogue {
    /** How many sessions at a time are opened and closed. */
    public static final int CONNECTS_SIDE_BY_SIDE = 8;

    static final int OPERATIONS_OF_MULTI = 10;

    private static final int CHILDREN_LISTED = 100;
    private static final int SETS_PERCENT_OF_MIXED = 10;

    private final Settings settings;

    public Catalogue(Settings settings) {
        this.settings = settings;
    }

    /** In the order in which they run when none is chosen; those that need an ensemble are not among them. */
    public static List<String> names() {
        return List.of(
                "get",
                "exists",
                "children",
                "set",
                "create",
                "mixed",
                "multi",
                "ephemeral",
                "watch",
                "watch-once",
                "connect",
                "idle",
                "fill",
                "restart",
                SnapshotsCase.NAME);
    }

    /** Whether one server alone can't do what some of these ask for. */
    public static boolean needsEnsemble(List<String> names) {
        return names.contains(FailoverCase.FAILOVER) || names.contains(FailoverCase.FREEZE);
    }

    /** Whether client libraries are to be compared, on one server; then nothing else can be. */
    public static boolean comparesClients(List<String> names) {
        if (names.contains(Clients.CLIENT) && names.size() > 1) {
            throw new IllegalArgumentException(
                    "The workload " + Clients.CLIENT + " has to be asked for by itself: it compares no servers.");
        }
        return names.contains(Clients.CLIENT);
    }

    /** A restart fills the server first, and tells what {@code fill} would; both together fill it once. */
    public List<Case> cases(List<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names);
        if (wanted.contains("restart")) {
            wanted.remove("fill");
        }
        var cases = new ArrayList<Case>();
        wanted.forEach(name -> cases.addAll(casesOf(name)));
        return cases;
    }

    private List<? extends Case> casesOf(String name) {
        return switch (name) {
            case "get" -> onKeys(name, path -> steady(Frames.get(path)));
            case "exists" -> onKeys(name, path -> steady(Frames.exists(path)));
            case "set" -> onKeys(name, path -> steady(Frames.set(path, settings.dataBytes())));
            case "mixed" -> onKeys(name, this::mixed);
            case "multi" -> multi();
            case "children" -> children();
            case "create" -> loads().map(load -> new CreateCase(load, settings)).toList();
            case "ephemeral" -> ephemeral();
            case "watch" -> List.of(new FanOutCase(false, settings));
            case "watch-once" -> List.of(new FanOutCase(true, settings));
            case "connect" -> List.of(new ConnectCase(CONNECTS_SIDE_BY_SIDE, settings));
            case "idle" -> List.of(new IdleCase(settings));
            case "fill" -> List.of(new FillCase(false, settings));
            case "restart" -> List.of(new FillCase(true, settings));
            case SnapshotsCase.NAME -> snapshots();
            case FailoverCase.FAILOVER -> List.of(new FailoverCase(Blow.KILL, settings));
            case FailoverCase.FREEZE -> List.of(new FailoverCase(Blow.FREEZE, settings));
            case Clients.CLIENT -> Clients.cases(settings);
            default ->
                throw new IllegalArgumentException(
                        "There is no workload " + name + ", but " + String.join(", ", names()) + ", "
                                + FailoverCase.FAILOVER + ", " + FailoverCase.FREEZE + ", " + Clients.CLIENT + ".");
        };
    }

    private Stream<Load> loads() {
        return settings.loads().isEmpty()
                ? Stream.of(Load.PIPELINED, Load.MANY, Load.ONE_AT_A_TIME)
                : settings.loads().stream();
    }

    private IntFunction<Requests> steady(Frame frame) {
        return connection -> RandomRequests.of(connection, frame, settings.keys());
    }

    private IntFunction<Requests> mixed(String path) {
        var set = Frames.set(path, settings.dataBytes());
        return connection ->
                RandomRequests.mixed(connection, Frames.get(path), set, SETS_PERCENT_OF_MIXED, settings.keys());
    }

    private List<? extends Case> onKeys(String name, RequestsFor requests) {
        var folder = Znodes.ROOT + "/" + name;
        var perConnection = requests.on(folder + "/" + Znodes.KEY);
        return loads().map(load -> new SteadyCase(name, load, settings, folder, settings.keys(), perConnection))
                .toList();
    }

    private List<? extends Case> snapshots() {
        var loads = settings.loads().isEmpty() ? List.of(Load.PIPELINED) : settings.loads();
        return loads.stream().map(load -> new SnapshotsCase(load, settings)).toList();
    }

    private List<? extends Case> multi() {
        var folder = Znodes.ROOT + "/multi";
        var frame = Frames.multiOfSets(folder + "/" + Znodes.KEY, settings.dataBytes(), OPERATIONS_OF_MULTI);
        var loads = settings.loads().isEmpty() ? List.of(Load.PIPELINED_MULTI, Load.ONE_AT_A_TIME) : settings.loads();
        IntFunction<Requests> requests =
                connection -> RandomRequests.ofMulti(connection, frame, OPERATIONS_OF_MULTI, settings.keys());
        return loads.stream()
                .map(load -> new SteadyCase("multi", load, settings, folder, settings.keys(), requests))
                .toList();
    }

    private List<? extends Case> children() {
        var folder = Znodes.ROOT + "/children";
        var frame = Frames.children(folder);
        return loads().map(load -> new SteadyCase(
                        "children",
                        load,
                        settings,
                        folder,
                        CHILDREN_LISTED,
                        connection -> RandomRequests.of(connection, frame, 1)))
                .toList();
    }

    private List<? extends Case> ephemeral() {
        var folder = Znodes.ROOT + "/ephemeral";
        IntFunction<Requests> requests = connection ->
                new ChurnRequests(folder + "/connection-" + connection + "-" + Znodes.KEY, settings.dataBytes());
        return loads().map(load -> new SteadyCase("ephemeral", load, settings, folder, 0, requests))
                .toList();
    }

    /** What each connection asks, given the pattern of the paths. */
    @FunctionalInterface
    private interface RequestsFor {
        IntFunction<Requests> on(String path);
    }
}
