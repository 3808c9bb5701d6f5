package io.pando.server.config;

import io.pando.server.config.ValueType.WholeNumber;
import io.pando.zab.model.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The {@code server.N}, {@code group.N} and {@code weight.N} lines of a configuration: collects them, then judges them as a whole. */
final class MemberLines {
    static final WholeNumber WEIGHTS = new WholeNumber(0, Member.HIGHEST_WEIGHT);

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "[::]");

    private final List<String> problems;
    private final Map<Long, ServerLine> servers = new TreeMap<>();
    private final Map<Long, Given> groups = new TreeMap<>();
    private final Map<Long, Given> weights = new TreeMap<>();

    /** Whether a server line was so wrong that it is missing here: then what would follow from its absence is not worth a word. */
    private boolean incomplete;

    MemberLines(List<String> problems) {
        this.problems = problems;
    }

    void take(MemberKey key, Given given) {
        Optional<Long> number = key.numberOf(given.key());
        if (number.isEmpty()) {
            problems.add(given.describe() + ": the N of " + key.general() + " is not " + MyId.RANGE.allowed() + ".");
            incomplete |= key.equals(MemberKey.SERVER);
        } else if (key.equals(MemberKey.SERVER)) {
            takeServer(number.get(), given);
        } else {
            takeOnce(key.equals(MemberKey.GROUP) ? groups : weights, number.get(), given);
        }
    }

    private void takeServer(long id, Given given) {
        ServerLine.parse(id, given)
                .ifPresentOrElse(
                        line -> {
                            ServerLine other = servers.putIfAbsent(id, line);
                            if (other != null) {
                                complainOfTwo(given, other.given());
                            }
                        },
                        () -> {
                            problems.add(given.describe() + " is not " + ServerLine.FORM + ".");
                            incomplete = true;
                        });
    }

    /** {@code server.01} is no other server than {@code server.1}. */
    private void takeOnce(Map<Long, Given> lines, long number, Given given) {
        Given other = lines.putIfAbsent(number, given);
        if (other != null) {
            complainOfTwo(given, other);
        }
    }

    private void complainOfTwo(Given given, Given other) {
        problems.add(given.describe() + " and " + other.describe() + " speak of the same; remove one.");
    }

    boolean isAlone() {
        return servers.size() <= 1 && !incomplete;
    }

    boolean isEmpty() {
        return servers.isEmpty() && !incomplete;
    }

    Optional<ServerLine> of(long id) {
        return Optional.ofNullable(servers.get(id));
    }

    /** The id of the only server that is listed. */
    Optional<Long> only() {
        return isAlone() ? servers.keySet().stream().findFirst() : Optional.empty();
    }

    boolean isListed(long id) {
        return servers.containsKey(id) || incomplete;
    }

    /** The ids that are listed, for sentences. */
    String listed() {
        return String.join(", ", servers.keySet().stream().map(String::valueOf).toList());
    }

    /** The members with their weights and groups; some are missing if there were problems. */
    List<Member> judge() {
        servers.values().forEach(this::judgeLine);
        judgeAddresses();
        Map<Long, Integer> weightById = judgeWeights();
        Map<Long, Integer> groupById = judgeGroups();
        List<Member> members = servers.values().stream()
                .map(line -> line.member()
                        .withWeight(weightById.getOrDefault(line.id(), 1))
                        .inGroup(groupById.getOrDefault(line.id(), 0)))
                .toList();
        judgeParticipants(members);
        return members;
    }

    private void judgeLine(ServerLine line) {
        Member member = line.member();
        if (line.secure()) {
            problems.add(line.describe() + " can't be obeyed. " + InertKeys.NO_TLS + " Remove the secure port.");
        }
        if (member.peerPort() == member.bulkPort()) {
            problems.add(line.describe() + " names port " + member.peerPort() + " twice; the first is for agreement,"
                    + " the second for snapshots.");
        }
        if (!isAlone() && line.severalAddresses()) {
            problems.add(line.describe() + " can't be obeyed: a server has one address in this version.");
        }
        if (!isAlone() && EVERYWHERE.contains(member.host())) {
            problems.add(line.describe() + ": nobody can connect to " + member.host() + ". Name the address that all"
                    + " servers know this one by; quorumListenOnAllIPs=true makes it listen on all addresses.");
        }
    }

    /** No two of all ports that the lines name may be the same port of the same host. */
    private void judgeAddresses() {
        Map<String, ServerLine> owners = new HashMap<>();
        for (ServerLine line : servers.values()) {
            for (String address : addressesOf(line)) {
                ServerLine other = owners.putIfAbsent(address, line);
                if (other != null && other.id() != line.id()) {
                    problems.add(line.describe() + " has the address " + address + " of server " + other.id() + " ("
                            + other.given().origin().describe() + ").");
                }
            }
        }
    }

    private static Collection<String> addressesOf(ServerLine line) {
        Member member = line.member();
        List<String> addresses = new ArrayList<>();
        addresses.add(address(member.host(), member.peerPort()));
        addresses.add(address(member.host(), member.bulkPort()));
        line.clientPort().ifPresent(port -> {
            String host = line.clientAddress()
                    .filter(named -> !EVERYWHERE.contains(named))
                    .orElse(member.host());
            addresses.add(address(host, port));
        });
        return addresses;
    }

    private static String address(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private Map<Long, Integer> judgeWeights() {
        Map<Long, Integer> weightById = new HashMap<>();
        weights.forEach((id, given) -> {
            Optional<Long> weight = WEIGHTS.parse(given.value());
            if (weight.isEmpty()) {
                problems.add(given.describe() + " is not " + WEIGHTS.allowed() + ".");
            } else if (!isListed(id)) {
                problems.add(given.describe() + ": " + nobody(id));
            }
            weightById.put(id, weight.map(Math::toIntExact).orElse(1));
        });
        return weightById;
    }

    private Map<Long, Integer> judgeGroups() {
        Map<Long, Integer> groupById = new HashMap<>();
        groups.forEach((number, given) -> {
            for (String text : given.value().split(":", -1)) {
                Optional<Long> id = MyId.RANGE.parse(text.strip());
                if (id.isEmpty()) {
                    problems.add(given.describe() + ": " + text + " is no server id, " + MyId.RANGE.allowed() + ".");
                } else {
                    join(groupById, id.get(), Math.toIntExact(number), given);
                }
            }
        });
        if (!groups.isEmpty()) {
            everyParticipantNeedsAGroup(groupById);
        }
        return groupById;
    }

    private void join(Map<Long, Integer> groupById, long id, int group, Given given) {
        Integer other = groupById.putIfAbsent(id, group);
        ServerLine line = servers.get(id);
        if (other != null) {
            problems.add(
                    given.describe() + ": server " + id + " is in group " + other + " already; it belongs to one.");
        } else if (line != null && !line.member().isParticipant()) {
            problems.add(
                    given.describe() + ": server " + id + " is an observer, whose voice doesn't count in any group.");
        } else if (!isListed(id)) {
            problems.add(given.describe() + ": " + nobody(id));
        }
    }

    private void everyParticipantNeedsAGroup(Map<Long, Integer> groupById) {
        for (ServerLine line : servers.values()) {
            if (line.member().isParticipant() && !groupById.containsKey(line.id())) {
                problems.add(line.describe() + " is in no group; where there are groups, every participant belongs to"
                        + " one.");
            }
        }
    }

    private String nobody(long id) {
        return "no server." + id + " is listed, only " + (servers.isEmpty() ? "this server itself" : listed()) + ".";
    }

    private void judgeParticipants(List<Member> members) {
        boolean nobodyLeads = members.stream().noneMatch(member -> member.isParticipant() && member.weight() > 0);
        if (nobodyLeads && !members.isEmpty() && !incomplete) {
            problems.add("server." + listed() + ": no participant with a weight above 0 is among them, so nobody could"
                    + " lead.");
        }
    }

    /** The lines as they were given, for those who want to see the values in force. */
    List<Given> all() {
        List<Given> all =
                new ArrayList<>(servers.values().stream().map(ServerLine::given).toList());
        for (Map<Long, Given> more : Arrays.asList(groups, weights)) {
            all.addAll(more.values());
        }
        return all;
    }
}
