package io.pando.test.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pando.client.Pando;
import io.pando.client.error.TransactionFailedException;
import io.pando.recipes.fencing.Held;
import io.pando.recipes.lock.Lock;
import io.pando.test.bench.target.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that acquires a lock and then, for every line it is told, writes that into a znode under the guard of its token.
 * It can be frozen and killed as no thread can.
 */
final class LockHolder implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final long token;

    private LockHolder(Process process) throws IOException {
        this.process = process;
        this.out = process.inputReader(UTF_8);
        this.in = new PrintWriter(process.outputWriter(UTF_8), true);
        this.token = Long.parseLong(answer("token "));
    }

    /** Starts one, and returns when it holds the lock. */
    static LockHolder start(String servers, Duration sessionTimeout, String lock, String target) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Installation.jdk("java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        LockHolder.class.getName(),
                        servers,
                        Long.toString(sessionTimeout.toMillis()),
                        lock,
                        target)
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        return new LockHolder(builder.start());
    }

    long token() {
        return token;
    }

    /** What became of a write: {@code written} or {@code refused}, or the failure. */
    String write(String text) throws IOException {
        in.println(text);
        return answer("did ");
    }

    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    void kill() {
        process.destroyForcibly();
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor(10, TimeUnit.SECONDS);
    }

    /** Of what it prints, the log goes by. */
    private String answer(String word) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length());
            }
            seen.append(line).append('\n');
        }
        throw new IOException("The holder ended: " + seen);
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws Exception {
        Pando pando = Pando.connect(args[0])
                .sessionTimeout(Duration.ofMillis(Long.parseLong(args[1])))
                .open();
        Held held = new Lock(pando, args[2]).acquire();
        System.out.println("token " + held.token().number());
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            System.out.println("did " + write(pando, held, args[3], line));
        }
    }

    private static String write(Pando pando, Held held, String target, String text) throws InterruptedException {
        try {
            held.token()
                    .guard(pando.transaction())
                    .setData(target, text.getBytes(UTF_8))
                    .now();
            return "written";
        } catch (TransactionFailedException refused) {
            return held.token().isRefusedBy(refused) ? "refused" : refused.toString();
        } catch (RuntimeException other) {
            return other.toString();
        }
    }
}
