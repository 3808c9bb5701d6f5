package io.pando.test.bench.chart;

import java.util.List;

/**
 * What belongs together in a panel.
 *
 * @param name beside its last spot; empty for none
 */
public record Line(String name, Ink ink, Stroke stroke, List<Spot> spots) {
    public Line {
        spots = List.copyOf(spots);
    }

    /** Both above 0. */
    public record Spot(double x, double y) {}

    /** Colours that can be told apart on white, also by those who see fewer. */
    public enum Ink {
        BLUE("#1f5fa8"),
        ORANGE("#c4540a"),
        GREEN("#2e7d4f"),
        GREY("#555555");

        private final String code;

        Ink(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** How it is drawn. */
    public enum Stroke {
        SOLID("none"),
        DASHED("4 3");

        private final String pattern;

        Stroke(String pattern) {
            this.pattern = pattern;
        }

        String pattern() {
            return pattern;
        }
    }
}
