package io.pando.server.fourletter;

/** What a server calls itself to ZooKeeper's monitoring. */
final class Mode {
    /** Cut off from the others, and serving those who are content with that. */
    static final String READ_ONLY = "read-only";

    private Mode() {}

    /** As {@code srvr} and {@code mntr} have it. */
    static String of(ServerView server) {
        if (server.isReadOnly()) {
            return READ_ONLY;
        }
        if (isAlone(server)) {
            return "standalone";
        }
        return switch (server.role().kind()) {
            case LEADING -> "leader";
            case FOLLOWING -> "follower";
            case OBSERVING -> "observer";
            case LOOKING -> "looking";
        };
    }

    /** What it does, and how far it is with that. */
    static String peerState(ServerView server) {
        return switch (server.role().kind()) {
            case LEADING -> "leading - broadcast";
            case FOLLOWING -> "following - broadcast";
            case OBSERVING -> "observing - broadcast";
            case LOOKING -> "looking";
        };
    }

    static boolean isAlone(ServerView server) {
        return server.membership().members().size() == 1;
    }
}
