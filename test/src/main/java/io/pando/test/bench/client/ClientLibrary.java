package io.pando.test.bench.client;

import io.pando.test.bench.load.LoadException;
import io.pando.test.bench.target.Installation;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The libraries that are compared, and where their jars are. */
public enum ClientLibrary {
    PANDO("Pando") {
        @Override
        ClientUnderTest open(String server) throws Exception {
            return new PandoClient(server);
        }

        @Override
        String classPath(Installation installation) {
            // The bench's own, where our jars are.
            return System.getProperty("java.class.path", "");
        }
    },

    APACHE("Apache") {
        @Override
        ClientUnderTest open(String server) throws Exception {
            return new ApacheClient(server);
        }

        @Override
        String classPath(Installation installation) {
            return withBench(List.of(installation.zookeeperLibraries()));
        }
    },

    CURATOR("Curator") {
        @Override
        ClientUnderTest open(String server) throws Exception {
            return new CuratorClient(server);
        }

        @Override
        String classPath(Installation installation) {
            return withBench(List.of(installation.zookeeperLibraries(), installation.curatorLibraries()));
        }
    };

    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(30);
    static final Duration CONNECT_PATIENCE = Duration.ofSeconds(20);

    private final String title;

    ClientLibrary(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** A client whose session stands. To be called where the library's jars are, which is only in its worker. */
    abstract ClientUnderTest open(String server) throws Exception;

    /** What its worker runs on. */
    abstract String classPath(Installation installation);

    /** Of the bench only its own classes and the histogram: what else it uses comes in other versions than Apache's. */
    private static String withBench(List<Path> folders) {
        for (var folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new LoadException(folder + " is not there; `mvn package -DskipTests` makes it.");
            }
        }
        return Stream.concat(
                        Stream.of(placeOf(ClientLibrary.class), placeOf(Histogram.class)),
                        folders.stream().map(folder -> folder + "/*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Where " + type + " comes from is no file.", e);
        }
    }
}
