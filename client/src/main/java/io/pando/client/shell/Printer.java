package io.pando.client.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Where commands put what they found out: as text for people, or as one line of JSON for programs. Any thread. */
final class Printer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean colours;
    private volatile boolean json;

    /** @param colours whether the reader is a terminal that shows them */
    Printer(PrintWriter out, PrintWriter err, boolean colours) {
        this.out = out;
        this.err = err;
        this.colours = colours;
    }

    /** From now on, or until it is switched back. */
    void json(boolean wanted) {
        json = wanted;
    }

    boolean isJson() {
        return json;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /**
     * Prints a result.
     *
     * @param text for people; without the end of the last line
     * @param value for programs: of maps, lists, texts, numbers, booleans and null
     */
    synchronized void show(String text, @Nullable Object value) {
        if (json) {
            out.println(jsonOf(value));
        } else if (!text.isEmpty()) {
            out.println(text);
        }
        out.flush();
    }

    /** What only people want to know. */
    synchronized void remark(String text) {
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    /** What went wrong, or is asked. */
    synchronized void complain(@Nullable String text) {
        err.println(Colour.RED.of(text == null ? "Something went wrong." : text, colours));
        err.flush();
    }

    String coloured(Colour colour, String text) {
        return colour.of(text, colours && !json);
    }

    static String jsonOf(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("No JSON can be made of " + value, e);
        }
    }
}
