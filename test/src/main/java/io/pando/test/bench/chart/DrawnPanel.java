package io.pando.test.bench.chart;

import static io.pando.test.bench.chart.Sheet.escaped;
import static io.pando.test.bench.chart.Sheet.pixels;

import io.pando.test.bench.chart.Line.Spot;
import java.util.Comparator;
import java.util.stream.Collectors;

/** A {@link Panel} with its axes, in a place of a given size. */
final class DrawnPanel {
    private static final int LEFT = 42;
    private static final int RIGHT = 66;
    private static final int TOP = 24;
    private static final int BOTTOM = 42;
    private static final int LETTERS_HEIGHT = 12;
    private static final String LIGHT = "#e4e4e4";

    private final Panel panel;
    private final int width;
    private final int height;
    private final StringBuilder svg = new StringBuilder();

    DrawnPanel(Panel panel, int width, int height) {
        this.panel = panel;
        this.width = width;
        this.height = height;
    }

    String toSvg() {
        text(LEFT, TOP - 10, "start", "#222222", panel.up());
        text((LEFT + width - RIGHT) / 2.0, height - 10, "middle", "#222222", panel.along());
        if (panel.ys().findAny().isPresent()) {
            drawLines();
        }
        return svg.toString();
    }

    private void drawLines() {
        var across = new Scale(
                panel.shapeAlong(),
                panel.xs().min().orElse(1),
                panel.xs().max().orElse(1),
                LEFT + 6,
                width - RIGHT - 6);
        var up = Scale.around(panel.ys().min().orElse(1), panel.ys().max().orElse(1), height - BOTTOM, TOP);
        for (double tick : up.ticks()) {
            double y = up.at(tick);
            stroke(LEFT, y, width - RIGHT, y);
            text(LEFT - 5, y + 4, "end", "#555555", Scale.inWords(tick));
        }
        panel.xs().distinct().forEach(tick -> {
            stroke(across.at(tick), height - BOTTOM, across.at(tick), height - BOTTOM + 4);
            text(across.at(tick), height - BOTTOM + 16, "middle", "#555555", Scale.inWords(tick));
        });
        panel.lines().forEach(line -> draw(line, across, up));
        nameLines(up);
    }

    private void draw(Line line, Scale across, Scale up) {
        var points = line.spots().stream()
                .map(spot -> pixels(across.at(spot.x())) + "," + pixels(up.at(spot.y())))
                .collect(Collectors.joining(" "));
        svg.append(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" stroke-dasharray=\"%s\"/>\n"
                        .formatted(points, line.ink().code(), line.stroke().pattern()));
        for (Spot spot : line.spots()) {
            svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"2\" fill=\"%s\"/>\n"
                    .formatted(
                            pixels(across.at(spot.x())),
                            pixels(up.at(spot.y())),
                            line.ink().code()));
        }
    }

    /** To the right of where they end, from the lowest up, and never one over another. */
    private void nameLines(Scale up) {
        double free = height;
        var lowestFirst = panel.lines().stream()
                .filter(line -> !line.name().isEmpty() && !line.spots().isEmpty())
                .sorted(Comparator.comparingDouble(
                        line -> line.spots().getLast().y()))
                .toList();
        for (Line line : lowestFirst) {
            double y = Math.min(up.at(line.spots().getLast().y()) + 4, free);
            text(width - RIGHT, y, "start", line.ink().code(), line.name());
            free = y - LETTERS_HEIGHT;
        }
    }

    private void stroke(double x1, double y1, double x2, double y2) {
        svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>\n"
                .formatted(pixels(x1), pixels(y1), pixels(x2), pixels(y2), LIGHT));
    }

    private void text(double x, double y, String anchor, String colour, String words) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n"
                .formatted(pixels(x), pixels(y), anchor, colour, escaped(words)));
    }
}
