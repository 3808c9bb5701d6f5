package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionState;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A person at a terminal: lines with editing, history and completion. A line goes on on the next one while a quote is open or
 * behind a backslash. Ctrl-C drops what is typed, or ends the command that runs; Ctrl-D ends the shell.
 */
final class Prompt implements AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;
    private final Link link;
    private final Printer printer;
    private @Nullable Shell shell; // once there is one, what it knows is completed

    private Prompt(Terminal terminal, Link link, Path history) {
        this.terminal = terminal;
        this.link = link;
        DefaultParser parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(true);
        parser.setEofOnEscapedNewLine(true);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("pando")
                .parser(parser)
                .completer((at, line, candidates) -> {
                    if (shell != null) {
                        new Completion(shell.commands(), link).complete(line, candidates);
                    }
                })
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_IGNORE, "addauth*")
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .build();
        this.printer = new Printer(terminal.writer(), terminal.writer(), hasColours(terminal));
    }

    /** Takes the terminal over that the process runs in. */
    static Prompt open(Link link, Path history) throws IOException {
        return new Prompt(TerminalBuilder.builder().system(true).dumb(true).build(), link, history);
    }

    private static boolean hasColours(Terminal terminal) {
        return System.getenv("NO_COLOR") == null && !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    Printer printer() {
        return printer;
    }

    /** Puts a question, and waits for the answer; an empty one if there is none. */
    String ask(String question) {
        reader.setVariable(LineReader.DISABLE_HISTORY, true); // an answer is no command
        try {
            return reader.readLine(question);
        } catch (UserInterruptException | EndOfFileException no) {
            return "";
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    /** Runs what is typed until the end. */
    int run(Shell with) throws InterruptedException {
        shell = with;
        int code = with.greet();
        if (code != ExitCode.OK.number()) {
            return code;
        }
        Thread typing = Thread.currentThread();
        while (!with.past().hasEnded()) {
            try {
                String line = reader.readLine(prompt());
                Terminal.SignalHandler before =
                        terminal.handle(Terminal.Signal.INT, signal -> printer.interrupt(typing));
                try {
                    with.runLine(line);
                } finally {
                    terminal.handle(Terminal.Signal.INT, before);
                    Thread.interrupted(); // a Ctrl-C that came too late is not meant for the next line
                }
            } catch (UserInterruptException dropped) {
                // What was typed is gone, and that was the wish.
            } catch (EndOfFileException end) {
                break;
            }
        }
        return ExitCode.OK.number();
    }

    private String prompt() {
        Pando pando = link.openOrNull();
        ConnectionState state = pando == null ? ConnectionState.CLOSED : pando.state();
        Colour colour = state == ConnectionState.CONNECTED
                ? Colour.GREEN
                : state == ConnectionState.CLOSED ? Colour.GREY : Colour.YELLOW;
        String doubt =
                state == ConnectionState.CONNECTED ? "" : " (" + state.name().toLowerCase(java.util.Locale.ROOT) + ")";
        return printer.coloured(colour, "[" + link.servers() + doubt + "] ");
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
