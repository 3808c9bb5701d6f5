package io.pando.client.shell;

import io.pando.client.ServerList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The figures of all servers, a line each, as often as wanted; from {@code srvr}, the four-letter word that servers allow unless they
 * are told not to. What they count since their start is shown per second.
 */
final class Top {
    private static final String ROW = "%-22s %-11s %9s %9s %8s %8s %7s %7s %9s %14s";
    private static final String HEADER = String.format(
            ROW, "SERVER", "MODE", "IN/s", "OUT/s", "AVG ms", "MAX ms", "CONNS", "QUEUED", "ZNODES", "ZXID");

    private final Link link;
    private final Printer printer;
    private Map<ServerList.Server, Map<String, String>> before = new HashMap<>();
    private long beforeNanos;

    Top(Link link, Printer printer) {
        this.link = link;
        this.printer = printer;
    }

    void run(int times, double everySeconds) throws InterruptedException {
        for (int round = 0; round < times; round++) {
            if (round > 0) {
                TimeUnit.NANOSECONDS.sleep((long) (everySeconds * 1e9));
            }
            look();
        }
    }

    private void look() {
        long now = System.nanoTime();
        double seconds = beforeNanos == 0 ? 0 : (now - beforeNanos) / 1e9;
        Map<ServerList.Server, Map<String, String>> seen = new HashMap<>();
        List<String> lines = new ArrayList<>(List.of(printer.coloured(Colour.GREY, HEADER)));
        List<Object> json = new ArrayList<>();
        for (ServerList.Server server : link.servers().servers()) {
            String answer = link.ask(server, "srvr");
            Map<String, String> figures = figuresIn(answer);
            Map<String, Object> known = new LinkedHashMap<>();
            known.put("server", server.toString());
            if (figures.isEmpty()) {
                lines.add(String.format("%-22s %s", server, printer.coloured(Colour.RED, answer)));
                known.put("problem", answer);
            } else {
                lines.add(line(server, figures, before.getOrDefault(server, Map.of()), seconds));
                known.putAll(figures);
            }
            json.add(known);
            seen.put(server, figures);
        }
        printer.show(ReadCommands.lines(lines), json);
        before = seen;
        beforeNanos = now;
    }

    /** Lines of a name, a colon and a value. */
    private static Map<String, String> figuresIn(String answer) {
        Map<String, String> figures = new LinkedHashMap<>();
        answer.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                figures.put(line.substring(0, colon), line.substring(colon + 2).strip());
            }
        });
        return figures.containsKey("Mode") ? figures : Map.of();
    }

    private static String line(
            ServerList.Server server, Map<String, String> now, Map<String, String> before, double seconds) {
        String[] latencies = now.getOrDefault("Latency min/avg/max", "-/-/-").split("/", -1);
        return String.format(
                ROW,
                server,
                now.get("Mode"),
                rate("Received", now, before, seconds),
                rate("Sent", now, before, seconds),
                latencies.length == 3 ? latencies[1] : "-",
                latencies.length == 3 ? latencies[2] : "-",
                now.getOrDefault("Connections", "-"),
                now.getOrDefault("Outstanding", "-"),
                now.getOrDefault("Node count", "-"),
                now.getOrDefault("Zxid", "-"));
    }

    private static String rate(String name, Map<String, String> now, Map<String, String> before, double seconds) {
        if (seconds == 0 || !now.containsKey(name) || !before.containsKey(name)) {
            return "-";
        }
        double counted =
                Double.parseDouble(now.getOrDefault(name, "0")) - Double.parseDouble(before.getOrDefault(name, "0"));
        return String.valueOf(Math.round(Math.max(0, counted) / seconds));
    }
}
