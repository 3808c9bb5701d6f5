package io.pando.client.shell;

import io.pando.client.Pando;
import io.pando.client.connection.ConnectionState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
 *
 * <p>The thread that reads lines runs no command: each has a thread of its own, which is what Ctrl-C interrupts. So no interrupt that comes
 * late can meet the terminal in the middle of something.
 */
final class Prompt implements AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;
    private final Link link;
    private final Printer printer;
    private @Nullable Shell shell; // once there is one, what it knows is completed

    // Written by the thread that reads lines, read by the one that tells of Ctrl-C; null while no command runs.
    private volatile @Nullable Thread command;

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
    int run(Shell with) {
        shell = with;
        // Until the end, so that there is no moment in which Ctrl-C ends the shell. While a line is read, the reader
        // hears of it instead.
        terminal.handle(Terminal.Signal.INT, signal -> interruptCommand());
        int code = attended(with::greet);
        if (code != ExitCode.OK.number()) {
            return code;
        }
        while (!with.past().hasEnded()) {
            try {
                Thread.interrupted(); // a Ctrl-C that came too late is not meant for the next line
                String line = reader.readLine(prompt());
                attended(() -> with.runLine(line));
            } catch (UserInterruptException dropped) {
                // What was typed is gone, and that was the wish.
            } catch (EndOfFileException end) {
                break;
            }
        }
        return ExitCode.OK.number();
    }

    /** Runs something until its end, which Ctrl-C may hasten. */
    private int attended(Callable<Integer> work) {
        FutureTask<Integer> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "pando-command");
        command = thread;
        thread.start();
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException meantForTheCommand) {
                    // The reader heard of it, when it had its line already.
                    interruptCommand();
                }
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } finally {
            command = null;
        }
    }

    private void interruptCommand() {
        Thread running = command;
        if (running != null) {
            printer.interrupt(running);
        }
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
