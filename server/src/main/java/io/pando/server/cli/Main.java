package io.pando.server.cli;

import io.pando.server.config.Sources;
import io.pando.server.rehearsal.Rehearsal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where {@code bin/pando} begins: runs the command that the arguments name and exits with its {@link ExitCode}. Neither servers nor
 * their rehearsal may need picocli, for what {@link PlainArguments} says.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        System.exit(PlainArguments.of(arguments, environment)
                .map(Main::runServer)
                .orElseGet(() -> isRehearsal(arguments)
                        ? rehearse(arguments[1])
                        : PandoCommand.line(environment).execute(arguments)));
    }

    /** As {@link ServerCommand} does. */
    private static int runServer(Sources sources) {
        PrintWriter err = writerTo(System.err);
        try {
            return new ServerRun(writerTo(System.out), err).run(sources).number();
        } catch (RuntimeException e) {
            return reportUnexpected(e, err);
        }
    }

    /** {@code rehearse DIRECTORY}: for {@code bin/pando}, which has the JVM record what this does. Nothing for people. */
    private static boolean isRehearsal(String[] arguments) {
        return arguments.length == 2 && arguments[0].equals("rehearse");
    }

    private static int rehearse(String directory) {
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        new ServerRun(nobody, nobody); // of no use here, but the JVM is to know it as well
        try {
            new Rehearsal(Path.of(directory)).run();
            return ExitCode.OK.number();
        } catch (Exception e) {
            return reportUnexpected(e, writerTo(System.err));
        }
    }

    private static PrintWriter writerTo(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    static int reportUnexpected(Exception unexpected, PrintWriter err) {
        unexpected.printStackTrace(err);
        err.flush();
        return ExitCode.UNEXPECTED.number();
    }
}
