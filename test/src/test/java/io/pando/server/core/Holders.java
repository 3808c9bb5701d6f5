package io.pando.server.core;

import java.util.Objects;
import java.util.stream.Stream;

/** Who holds sessions, for those who want to know whether all of them are still there. */
public final class Holders {
    private Holders() {}

    /** The connections that the core takes for those of sessions. Core thread. */
    public static Stream<Client> of(Core core) {
        return core.sessions().stream().map(Session::client).filter(Objects::nonNull);
    }
}
