package io.pando.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many servers, where their data is, and with which settings. A builder may start several ensembles, one after another. */
public final class TestEnsembleBuilder {
    private final Map<String, String> settings = new TreeMap<>();
    private Optional<Path> dataDir = Optional.empty();
    private int servers = 1;

    TestEnsembleBuilder() {
        // Sessions may be short, since tests wait for their end, and are as long as clients ask for.
        settings.put("tickTime", "100");
        settings.put("maxSessionTimeout", "120000");
        // With such ticks, what leaves the times between servers as they are in production.
        settings.put("syncLimit", "6");
        // All clients of a test have one address.
        settings.put("maxClientCnxns", "0");
        // No fault that can be ordered here loses what the system has written but not synced.
        settings.put("forceSync", "no");
        settings.put("preAllocSize", "1024");
    }

    /** How many servers; 1 unless something else is said. */
    public TestEnsembleBuilder servers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("An ensemble has 1 server or more, not " + count);
        }
        servers = count;
        return this;
    }

    /** Where the servers keep their data, each in a folder of its own. It stays when the ensemble is closed; a temporary one does not. */
    public TestEnsembleBuilder dataDir(Path folder) {
        dataDir = Optional.of(folder);
        return this;
    }

    /**
     * A key of the servers' configuration, see {@code docs/configuration.md}.
     *
     * @throws IllegalArgumentException if the ensemble has to decide on that itself
     */
    public TestEnsembleBuilder setting(String key, String value) {
        if (key.startsWith("server.") || key.startsWith("clientPort") || key.equals("myid") || key.equals("dataDir")) {
            throw new IllegalArgumentException(key + " is chosen by the ensemble itself");
        }
        settings.put(key, value);
        return this;
    }

    /**
     * Starts them, and returns when all of them serve.
     *
     * @throws IllegalArgumentException if a setting is wrong
     * @throws TestEnsembleException if they can't be started
     */
    public TestEnsemble start() {
        try {
            TestEnsemble ensemble = new TestEnsemble(servers, DataFolder.at(dataDir), settings);
            try {
                ensemble.repair();
                return ensemble;
            } catch (RuntimeException | Error e) {
                ensemble.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TestEnsembleException("No ensemble can be started: " + e.getMessage(), e);
        }
    }
}
