package io.pando.client.shell;

import io.pando.datatree.ZnodePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines that connect a parent with its children. */
final class TreeDrawing {
    private TreeDrawing() {}

    /**
     * One znode of the drawing.
     *
     * @param branches what stands before its name
     * @param depth 0 for the topmost
     */
    record Line(String path, String branches, int depth) {}

    /** @param outline parents right before their children */
    static List<Line> of(List<String> outline) {
        Map<String, String> lastChildOf = new HashMap<>();
        outline.forEach(path -> lastChildOf.put(ZnodePath.parentOf(path), path));
        Map<String, Line> drawn = new HashMap<>();
        List<Line> lines = new ArrayList<>();
        for (String path : outline) {
            Line parent = path.equals(outline.get(0)) ? null : drawn.get(ZnodePath.parentOf(path));
            Line line;
            if (parent == null) {
                line = new Line(path, "", 0);
            } else {
                boolean last = path.equals(lastChildOf.get(parent.path()));
                line = new Line(path, continued(parent, lastChildOf) + (last ? "└── " : "├── "), parent.depth() + 1);
            }
            drawn.put(path, line);
            lines.add(line);
        }
        return lines;
    }

    /** Below a znode that has siblings after it, a line goes on beside all that is below. */
    private static String continued(Line parent, Map<String, String> lastChildOf) {
        if (parent.depth() == 0) {
            return "";
        }
        String before = parent.branches().substring(0, parent.branches().length() - "├── ".length());
        boolean last = parent.path().equals(lastChildOf.get(ZnodePath.parentOf(parent.path())));
        return before + (last ? "    " : "│   ");
    }
}
