package io.pando.test.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A siege in a process of its own, which gets what servers and the clients that mean well leave of the processors ({@link Leftovers}).
 */
final class SiegeProcess implements Company {
    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private final Thread reader;
    private final Map<Attack, Long> attempts = Collections.synchronizedMap(new EnumMap<>(Attack.class));
    private volatile int open; // written by the reader

    private SiegeProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().name("siege-reader").daemon().start(this::read);
    }

    /** Begins at once, and goes on until it is closed. */
    static SiegeProcess start(List<Integer> ports, int attackers, Set<Attack> attacks) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(attackers));
        arguments.add(attacks.stream().map(Enum::name).collect(Collectors.joining(",")));
        ports.forEach(port -> arguments.add(port.toString()));
        return new SiegeProcess(Leftovers.java(SiegeMain.class, arguments));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case SiegeMain.OPEN -> open = Integer.parseInt(words[1]);
                    case SiegeMain.MADE -> attempts.put(Attack.valueOf(words[1]), Long.valueOf(words[2]));
                    default -> throw new IOException("The attackers' process says: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int open() {
        return open;
    }

    /** Ends the siege. Returns how often each kind of attack was made; nothing of those of which that is not known. */
    Map<Attack, Long> lift() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new IOException("The siege does not end");
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return attempts;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
