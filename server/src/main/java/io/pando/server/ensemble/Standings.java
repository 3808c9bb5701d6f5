package io.pando.server.ensemble;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all servers of an ensemble are at a moment.
 *
 * @param idsByStanding only standings that somebody has
 */
record Standings(Map<Standing, List<Long>> idsByStanding) {
    /** Asks all of them, one after another. */
    static Standings ask(List<ServerFolder> servers) {
        Map<Standing, List<Long>> ids = new EnumMap<>(Standing.class);
        for (ServerFolder server : servers) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.clientPort());
            ids.computeIfAbsent(Standing.ask(address), none -> new ArrayList<>())
                    .add(server.id());
        }
        return new Standings(ids);
    }

    boolean isAnybodyThere() {
        return idsByStanding.keySet().stream().anyMatch(standing -> standing != Standing.SILENT);
    }

    /** {@code Server 2 leads, 1 and 3 follow.} */
    String sentence() {
        String text = idsByStanding.entrySet().stream()
                .map(entry -> and(entry.getValue()) + " "
                        + entry.getKey().verb(entry.getValue().size()))
                .collect(Collectors.joining(", "));
        boolean several = idsByStanding.values().iterator().next().size() > 1;
        return (several ? "Servers " : "Server ") + text + ".";
    }

    private static String and(List<Long> ids) {
        List<String> texts = ids.stream().map(String::valueOf).toList();
        int last = texts.size() - 1;
        return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
    }
}
