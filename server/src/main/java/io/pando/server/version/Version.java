package io.pando.server.version;

import java.util.Optional;

/** Which build this is, and as which ZooKeeper it presents itself. */
public final class Version {
    /** The release whose behaviour clients find here; some of them, and many exporters, read three numbers first. */
    private static final String ZOOKEEPER = "3.9.5";

    private Version() {}

    /** The version in the jar's manifest, or {@code development} when the classes don't come from a jar. */
    public static String ofPando() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** What stands after "Zookeeper version:" in the answers that monitoring reads. */
    public static String asZooKeeper() {
        return ZOOKEEPER + "-pando-" + ofPando();
    }
}
