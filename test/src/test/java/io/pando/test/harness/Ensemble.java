package io.pando.test.harness;

import io.pando.server.ensemble.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Servers that agree, each a process of its own on loopback, numbered from 1. With {@link Plan#withRelays relays} between them
 * their links can be cut.
 */
public final class Ensemble implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Member> members = new ArrayList<>();
    private final @Nullable PeerLinks links;

    /** How many servers, and with which settings. */
    public static final class Plan {
        private final int servers;
        private final Map<String, String> settings = new TreeMap<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private boolean relayed;
        private @Nullable Path folder;

        private Plan(int servers) {
            this.servers = servers;
        }

        public Plan with(String key, String value) {
            settings.put(key, value);
            return this;
        }

        public Plan withAll(Map<String, String> more) {
            settings.putAll(more);
            return this;
        }

        public Plan withJvmOption(String option) {
            jvmOptions.add(option);
            return this;
        }

        /** Every connection between two servers goes through the test. */
        public Plan withRelays() {
            relayed = true;
            return this;
        }

        /** All that servers write is to be below {@code folder}, each with a folder of its own; otherwise it is below {@code target}. */
        public Plan in(Path folder) {
            this.folder = folder.toAbsolutePath();
            return this;
        }

        private Path home(int id) throws IOException {
            return folder == null ? ServerProcess.newHome() : homeIn(folder, id);
        }

        private Path linksFolder() {
            String name = ProcessHandle.current().pid() + "-links-" + COUNT.incrementAndGet();
            return folder == null ? Path.of("target", "servers", name) : folder.resolve("links");
        }

        /** Starts all servers, and returns when all of them serve. */
        public Ensemble start(Target target) throws IOException {
            Ensemble ensemble = new Ensemble(this, target);
            try {
                for (Member member : ensemble.members) member.launch();
                ensemble.awaitServing();
                return ensemble;
            } catch (IOException | RuntimeException | Error e) {
                ensemble.close();
                throw e;
            }
        }
    }

    /** Ports of one server. */
    private record Ports(int peer, int bulk, int client) {}

    private Ensemble(Plan plan, Target target) throws IOException {
        Map<Integer, Ports> ports = choosePorts(plan.servers);
        links = plan.relayed ? relays(plan.linksFolder(), ports) : null;
        Map<String, String> settings = new TreeMap<>(plan.settings);
        ports.forEach((id, each) -> settings.put("server." + id, line(id, each)));
        for (Map.Entry<Integer, Ports> each : ports.entrySet()) {
            int id = each.getKey();
            List<String> jvmOptions = new ArrayList<>(plan.jvmOptions);
            if (links != null) jvmOptions.add(links.jvmOption(id));
            int port = each.getValue().client();
            Path home = plan.home(id);
            members.add(new Member(id, ServerProcess.notStarted(target, home, port, settings, jvmOptions)));
        }
    }

    public static Plan of(int servers) {
        return new Plan(servers);
    }

    /** Where server {@code id} has its data and its output, of an ensemble in {@code folder}. */
    public static Path homeIn(Path folder, int id) {
        return folder.resolve("server-" + id);
    }

    private String line(int id, Ports ports) {
        String host = links == null ? "127.0.0.1" : PeerLinks.name(id);
        return host + ":" + ports.peer() + ":" + ports.bulk() + ":participant;127.0.0.1:" + ports.client();
    }

    private static Map<Integer, Ports> choosePorts(int servers) throws IOException {
        List<Integer> free = FreePorts.choose(3 * servers);
        Map<Integer, Ports> ports = new TreeMap<>();
        for (int id = 1; id <= servers; id++) {
            int at = 3 * (id - 1);
            ports.put(id, new Ports(free.get(at), free.get(at + 1), free.get(at + 2)));
        }
        return ports;
    }

    private static PeerLinks relays(Path folder, Map<Integer, Ports> ports) throws IOException {
        Map<Integer, List<Integer>> listening = new TreeMap<>();
        ports.forEach((id, each) -> listening.put(id, List.of(each.peer(), each.bulk())));
        return new PeerLinks(folder, listening);
    }

    public List<Member> members() {
        return List.copyOf(members);
    }

    public Member member(int id) {
        return members.get(id - 1);
    }

    /** For clients that may be attached to any of them. */
    public String connectString() {
        return members.stream().map(Member::connectString).collect(Collectors.joining(","));
    }

    /** Returns when every server that runs serves, and one of them leads. */
    public void awaitServing() {
        if (!serves(PATIENCE)) throw new AssertionError("These do not all serve after 30 s:\n" + describe());
    }

    /** Whether every server that runs comes to serve, and one of them to lead, within {@code patience}. */
    public boolean serves(Duration patience) {
        return Await.happens(
                patience,
                () -> running().stream().allMatch(Member::isServing)
                        && findLeader().isPresent());
    }

    private List<Member> running() {
        return members.stream().filter(Member::isAlive).toList();
    }

    /** Who says now that it leads. */
    public Optional<Member> findLeader() {
        return members.stream().filter(member -> member.mode().equals("leader")).findFirst();
    }

    /** Who says that it leads, as soon as somebody does. */
    public Member leader() {
        return Await.value("somebody leads", () -> findLeader().orElse(null));
    }

    /** Those that follow now. */
    public List<Member> followers() {
        return members.stream()
                .filter(member -> member.mode().equals("follower"))
                .toList();
    }

    /** All but this one. */
    public List<Member> othersThan(Member member) {
        return members.stream().filter(other -> other != member).toList();
    }

    /** Nothing that {@code from} says reaches {@code to} any more. */
    public void cutOneWay(Member from, Member to) {
        relayed().cut(from.id(), to.id());
    }

    /** Neither hears the other any more. */
    public void cut(Member one, Member other) {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    /** Nobody hears this server any more, nor it them. */
    public void isolate(Member member) {
        othersThan(member).forEach(other -> cut(member, other));
    }

    /** The connections between two servers break, and new ones are possible. */
    public void reset(Member one, Member other) {
        relayed().reset(one.id(), other.id());
    }

    /** All that servers say to each other takes so much longer. */
    public void delay(int ms) {
        relayed().delay(ms);
    }

    /** All links are as good as ever; what was held back arrives. */
    public void heal() {
        relayed().heal();
    }

    private PeerLinks relayed() {
        if (links == null) throw new IllegalStateException("The links have no relays");
        return links;
    }

    /** What everybody says about itself, for messages. */
    public String describe() {
        return members.stream()
                .map(member -> member + ": " + (member.isAlive() ? "mode " + member.mode() : "does not run") + "\n"
                        + endOf(member.output()))
                .collect(Collectors.joining("\n"));
    }

    private static String endOf(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    @Override
    public void close() {
        members.forEach(member -> {
            if (member.isAlive()) member.kill();
        });
        if (links != null) links.close();
    }
}
