package io.pando.client.shell;

import io.pando.client.DisconnectedException;
import io.pando.client.RequestFailedException;
import io.pando.datatree.ZnodePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs commands, given as words or typed as lines, and turns what goes wrong into a sentence and an {@link ExitCode}. */
final class Shell {
    private final Connector server;
    private final CommandLine commands;

    Shell(Connector server, PrintWriter out, PrintWriter err) {
        this.server = server;
        this.commands = new CommandLine(new Commands(server))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Shell::explainUsage)
                .setExecutionExceptionHandler(Shell::explain);
    }

    int run(List<String> words) {
        var code = commands.execute(words.toArray(String[]::new));
        commands.getOut().flush();
        commands.getErr().flush();
        return code;
    }

    /** Reads lines until one says quit, or there are no more. */
    int runLines(BufferedReader lines) throws IOException {
        try {
            say(server.introduce() + ". \"help\" lists the commands, \"quit\" ends.");
        } catch (DisconnectedException nobody) {
            return complain(commands, nobody.getMessage(), ExitCode.DISCONNECTED);
        }
        prompt();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            runLine(line);
            if (server.hasQuit()) {
                break;
            }
            prompt();
        }
        return ExitCode.OK.number();
    }

    private void runLine(String line) {
        try {
            var words = Words.of(line);
            if (!words.isEmpty()) {
                run(words);
            }
        } catch (IllegalArgumentException openQuote) {
            complain(commands, openQuote.getMessage(), ExitCode.USAGE);
        }
    }

    private void say(String text) {
        commands.getOut().println(text);
    }

    private void prompt() {
        commands.getOut().print("[" + server.servers() + "] ");
        commands.getOut().flush();
    }

    private static int explainUsage(ParameterException wrong, String[] words) {
        var line = wrong.getCommandLine();
        if (wrong instanceof UnmatchedArgumentException && line.getParent() == null) {
            return complain(line, "\"" + words[0] + "\" is not a command; \"help\" lists them.", ExitCode.USAGE);
        }
        var usage = line.getParent() == null ? "" : System.lineSeparator() + "Usage: " + synopsis(line);
        return complain(line, wrong.getMessage() + usage, ExitCode.USAGE);
    }

    private static String synopsis(CommandLine line) {
        return line.getHelp().synopsis(0).strip();
    }

    private static int explain(Exception failure, CommandLine line, ParseResult words) throws Exception {
        if (failure instanceof RequestFailedException refused) {
            return complain(line, explain(refused, words), ExitCode.REFUSED);
        }
        if (failure instanceof DisconnectedException) {
            return complain(line, failure.getMessage(), ExitCode.DISCONNECTED);
        }
        if (failure instanceof BadPathException) {
            return complain(line, failure.getMessage(), ExitCode.USAGE);
        }
        throw failure;
    }

    /** Every command that asks a server has the path as its first parameter. */
    private static String explain(RequestFailedException refused, ParseResult words) {
        var command = words.subcommand();
        var path = command.matchedPositionalValue(0, ZnodePath.ROOT);
        return command.commandSpec().name().equals("create")
                ? Explanation.ofCreate(refused.code(), path)
                : Explanation.of(refused.code(), path);
    }

    private static int complain(CommandLine line, @Nullable String message, ExitCode code) {
        line.getErr().println(message);
        line.getErr().flush();
        return code.number();
    }
}
