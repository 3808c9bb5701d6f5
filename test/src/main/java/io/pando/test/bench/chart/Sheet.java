package io.pando.test.bench.chart;

import java.util.List;
import java.util.Locale;

/**
 * Small charts side by side and below one another, so that what bends stands out from what doesn't.
 *
 * @param columns how many stand side by side
 * @param note in small letters at the foot
 */
public record Sheet(String title, String note, int columns, List<Panel> panels) {
    private static final int PANEL_WIDTH = 320;
    private static final int PANEL_HEIGHT = 200;
    private static final int HEAD = 44;
    private static final int FOOT = 30;
    private static final int EDGE = 12;

    public Sheet {
        panels = List.copyOf(panels);
    }

    public String toSvg() {
        int width = 2 * EDGE + columns * PANEL_WIDTH;
        int rows = (panels.size() + columns - 1) / columns;
        int height = HEAD + rows * PANEL_HEIGHT + FOOT;
        var svg = new StringBuilder();
        svg.append("""
            <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
            font-family="Helvetica, Arial, sans-serif" font-size="11" fill="#222222">
            <rect width="%1$d" height="%2$d" fill="#ffffff"/>
            <text x="%3$d" y="26" font-size="16" font-weight="bold">%4$s</text>
            """.formatted(width, height, EDGE, escaped(title)));
        for (int i = 0; i < panels.size(); i++) {
            int x = EDGE + i % columns * PANEL_WIDTH;
            int y = HEAD + i / columns * PANEL_HEIGHT;
            svg.append("<g transform=\"translate(%d %d)\">\n".formatted(x, y));
            svg.append(new DrawnPanel(panels.get(i), PANEL_WIDTH, PANEL_HEIGHT).toSvg());
            svg.append("</g>\n");
        }
        svg.append("<text x=\"%d\" y=\"%d\" fill=\"#555555\">%s</text>\n</svg>\n"
                .formatted(EDGE, height - EDGE, escaped(note)));
        return svg.toString();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A tenth of a pixel is enough. */
    static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
