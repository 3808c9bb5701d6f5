package io.pando.test.differential;

import io.pando.test.harness.Body;
import java.util.List;

/** One thing done on one of the connections, at both servers. */
record Step(int connection, Action action) {
    @Override
    public String toString() {
        return "#" + connection + " " + action;
    }

    sealed interface Action {}

    /** A request, with its text for people. */
    record Request(int op, Body body, String text) implements Action {
        @Override
        public String toString() {
            return text;
        }
    }

    record Authenticate(String scheme, String credentials) implements Action {}

    /** A new session on a connection that has none. */
    record Open() implements Action {}

    /** The socket goes, the session stays. */
    record Drop() implements Action {}

    /** The session is taken up again, with its password or a wrong one. */
    record Reattach(boolean knowsPassword) implements Action {}

    /** What a client sends after it reattached: paths by kind of watch, as in setWatches2. */
    record SetWatches(List<List<String>> pathsByKind) implements Action {}

    record CloseSession() implements Action {}
}
