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
            print(out, jsonOf(value));
        } else if (!text.isEmpty()) {
            print(out, text);
        }
    }

    /** What only people want to know. */
    synchronized void remark(String text) {
        if (!json) {
            print(out, text);
        }
    }

    /** What went wrong, or is asked. */
    synchronized void complain(@Nullable String text) {
        print(err, Colour.RED.of(text == null ? "Something went wrong." : text, colours));
    }

    /** A thread that is interrupted while it writes may break what it writes to: here it is interrupted before or after. */
    private static void print(PrintWriter to, String text) {
        boolean interrupted = Thread.interrupted();
        to.println(text);
        to.flush();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts a thread, though not in the middle of a line. */
    synchronized void interrupt(Thread thread) {
        thread.interrupt();
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
