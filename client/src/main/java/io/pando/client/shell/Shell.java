package io.pando.client.shell;

import io.pando.client.error.PandoException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs commands, given as words or as typed lines, and turns what goes wrong into a sentence and an {@link ExitCode}. */
final class Shell {
    private final Link link;
    private final CommandTable commands;
    private final Printer printer;
    private final SessionCommands session;
    private final Past past;

    Shell(Link link, Printer printer, Consent consent, CommandGroup.Wishes always) {
        this.link = link;
        this.printer = printer;
        this.past = new Past();
        WatchBook watches = new WatchBook(printer);
        this.session = new SessionCommands(link, printer, watches, past);
        this.commands = new CommandTable(
                List.of(
                        new ReadCommands(link, printer, watches),
                        new WriteCommands(link, printer, consent),
                        new TreeCommands(link, printer),
                        new FollowCommand(link, printer),
                        new TransferCommands(link, printer, consent),
                        new WatchCommands(link, printer, watches),
                        new QuotaCommands(link, printer),
                        new EnsembleCommands(link, printer, consent, watches),
                        session,
                        new HelpCommands(printer, this::commands)),
                always,
                printer,
                consent,
                this::explainUsage,
                this::explain);
    }

    /** The commands that there are, for completion. */
    CommandTable commands() {
        return commands;
    }

    Past past() {
        return past;
    }

    int run(List<String> words) {
        try {
            int code = commands.run(words);
            link.hearOut();
            return code;
        } catch (MistakeException unknown) {
            return complain(unknown.getMessage(), ExitCode.USAGE);
        } catch (InterruptedException enough) {
            return complain("Interrupted; events may come late.", ExitCode.DISCONNECTED);
        } finally {
            printer.out().flush();
            printer.err().flush();
        }
    }

    /** Connects already, and says with whom; or with nobody. */
    int greet() {
        try {
            printer.remark(session.introduction() + ". \"help\" lists the commands, \"quit\" ends.");
            return ExitCode.OK.number();
        } catch (UnreachableException nobody) {
            return complain(nobody.getMessage(), ExitCode.DISCONNECTED);
        } catch (InterruptedException enough) {
            return complain("Interrupted before a server answered.", ExitCode.DISCONNECTED);
        }
    }

    /** Runs a line, and what it wishes to be run again. */
    int runLine(String line) {
        List<String> words;
        try {
            words = Words.of(line);
        } catch (IllegalArgumentException openQuote) {
            return complain(openQuote.getMessage(), ExitCode.USAGE);
        }
        if (words.isEmpty()) {
            return ExitCode.OK.number();
        }
        past.add(line);
        int code = run(words);
        String again = past.takeAgain();
        if (again == null) {
            return code;
        }
        printer.remark(again);
        return run(Words.of(again));
    }

    private int explainUsage(ParameterException wrong, String[] words) {
        String synopsis = wrong.getCommandLine().getHelp().synopsis(0).strip();
        return complain(wrong.getMessage() + System.lineSeparator() + "Usage: " + synopsis, ExitCode.USAGE);
    }

    private int explain(Exception failure, CommandLine line, ParseResult words) throws Exception {
        if (failure instanceof PandoException refused) {
            ExitCode code = Explanation.isDisconnection(refused) ? ExitCode.DISCONNECTED : ExitCode.REFUSED;
            return complain(Explanation.of(refused), code, refused);
        }
        if (failure instanceof UnreachableException) {
            return complain(failure.getMessage(), ExitCode.DISCONNECTED);
        }
        if (failure instanceof NothingFoundException) {
            return ExitCode.REFUSED.number();
        }
        if (failure instanceof MistakeException || failure instanceof IllegalArgumentException) {
            return complain(failure.getMessage(), ExitCode.USAGE);
        }
        if (failure instanceof InterruptedException) {
            return complain("Interrupted; what was asked may be carried out all the same.", ExitCode.DISCONNECTED);
        }
        throw failure;
    }

    private int complain(@Nullable String message, ExitCode code) {
        if (printer.isJson()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("error", message);
            printer.complain(Printer.jsonOf(json));
        } else {
            printer.complain(message);
        }
        return code.number();
    }

    private int complain(String message, ExitCode code, PandoException failure) {
        if (!printer.isJson()) {
            return complain(message, code);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", message);
        json.put("code", failure.code().name());
        json.put("path", failure.path());
        printer.complain(Printer.jsonOf(json));
        return code.number();
    }
}
