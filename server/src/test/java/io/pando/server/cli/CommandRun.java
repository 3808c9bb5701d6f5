package io.pando.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a command of {@code bin/pando} printed and returned, run inside this JVM. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(Map<String, String> environment, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = PandoCommand.line(environment).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new CommandRun(line.execute(arguments), out.toString(), err.toString());
    }
}
