package io.pando.test.bench.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pando.test.bench.chart.Line.Ink;
import io.pando.test.bench.chart.Line.Spot;
import io.pando.test.bench.chart.Line.Stroke;
import io.pando.test.bench.chart.Panel.Shape;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class SheetTest {
    private static final Pattern NAME_OF_A_LINE =
            Pattern.compile("<text x=\"[0-9.]+\" y=\"([0-9.]+)\" text-anchor=\"start\"[^>]*>(?:one|other)<");

    @Test
    void a_picture_is_an_svg_that_names_axes_and_lines() throws Exception {
        var svg = new Sheet("Cost < growth", "", 1, List.of(panel(100, 200))).toSvg();

        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertEquals("svg", root.getTagName());
        var text = root.getTextContent();
        for (var part : List.of("Cost < growth", "requests a second", "znodes", "one", "other", "1k", "4M")) {
            assertTrue(text.contains(part), part);
        }
    }

    @Test
    void names_of_lines_that_end_close_to_one_another_do_not_overlap() {
        var names = NAME_OF_A_LINE
                .matcher(new Sheet("", "", 1, List.of(panel(100, 101))).toSvg())
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .toArray();

        assertEquals(2, names.length);
        assertTrue(Math.abs(names[0] - names[1]) >= 11, names[0] + " and " + names[1]);
    }

    @Test
    void a_panel_without_figures_is_drawn_empty() {
        var svg = new Sheet("", "", 1, List.of(new Panel("up", "along", Shape.LINEAR, List.of()))).toSvg();

        assertTrue(svg.contains("along"));
    }

    @Test
    void ticks_are_round_and_enclose_all_figures() {
        assertEquals(
                List.of(50.0, 100.0, 200.0, 500.0),
                Scale.around(62, 316, 0, 100).ticks());
        assertEquals(
                List.of(10.0, 100.0, 1_000.0, 10_000.0),
                Scale.around(12, 9_000, 0, 100).ticks());
        assertEquals(
                List.of("0.5", "20", "8.2k", "524k", "4M"),
                List.of(0.5, 20.0, 8_192.0, 524_288.0, 4e6).stream()
                        .map(Scale::inWords)
                        .toList());
    }

    private static Panel panel(double lastOfOne, double lastOfOther) {
        return new Panel(
                "requests a second",
                "znodes",
                Shape.LOGARITHMIC,
                List.of(line("one", Ink.BLUE, lastOfOne), line("other", Ink.ORANGE, lastOfOther)));
    }

    private static Line line(String name, Ink ink, double last) {
        return new Line(name, ink, Stroke.SOLID, List.of(new Spot(1_000, 50), new Spot(4_000_000, last)));
    }
}
