package io.pando.server.config;

import java.util.List;

/** A key that a configuration may hold: one that this version obeys, alone or with others, or one of ZooKeeper's that it only knows about. */
sealed interface KnownKey permits Key, MemberKey, InertKey {

    /** The name as ZooKeeper's documentation writes it, without the {@code zookeeper.} of its system properties. */
    String name();

    /** Other names of the same key, chiefly where ZooKeeper's system property is called differently. */
    List<String> aliases();

    /** Whether the name is only the beginning of many keys, such as {@code ssl.}. */
    default boolean isFamily() {
        return name().endsWith(".");
    }
}
