package io.pando.test.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.test.harness.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that believes to run in a terminal: {@code script} gives it a pseudo-terminal. What is typed is sent as a keyboard
 * would, what it shows is read as a screen would get it, and kept without colours and movements of the cursor.
 */
final class Terminal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String MOVEMENTS = "\u001b\\[[0-9;?]*[ -/]*[@-~]|\u001b[=>()][A-Z0-9]?|[\u0007\r]";

    private final Process process;
    private final StringBuilder shown = new StringBuilder(); // guarded by this
    private int seen;

    private Terminal(Process process) {
        this.process = process;
        Thread screen = new Thread(this::show, "screen");
        screen.setDaemon(true);
        screen.start();
    }

    static Terminal of(Program program, Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "script",
                        "-q",
                        "-e",
                        "-f",
                        "-c",
                        // Ctrl-C has to be heard also where the tests themselves were started in the background, which
                        // ignores it.
                        "stty cols 120 rows 40; exec env --default-signal=INT " + String.join(" ", program.command()),
                        "/dev/null")
                .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(program.environment());
        builder.environment().put("HOME", home.toString());
        return new Terminal(builder.start());
    }

    private void show() {
        try (InputStream in = process.getInputStream()) {
            byte[] some = new byte[4096];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                synchronized (this) {
                    shown.append(new String(some, 0, count, UTF_8));
                    notifyAll();
                }
            }
        } catch (IOException closed) {
            // The process ended.
        }
    }

    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until a text is shown, behind all that was waited for before. */
    synchronized void await(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String screen = shown.toString().replaceAll(MOVEMENTS, "");
            int at = screen.indexOf(text, seen);
            if (at >= 0) {
                seen = at + text.length();
                return;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("\"" + text + "\" was not shown, but:\n" + screen.substring(seen));
            }
            wait(left);
        }
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The process does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
