package io.pando.server.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one {@code server.N} line that a server alone may have, as the configurations of container images do:
 * {@code server.1=localhost:2888:3888;2181}. Its client part stands in for clientPort and clientPortAddress.
 *
 * <p>The form is {@code host:quorumPort:electionPort[:role][;[address:]clientPort[;[address:]securePort]]}, with {@code |} between
 * several addresses of one server.
 */
record ServerLine(boolean observer, Optional<String> clientAddress, Optional<String> clientPort, boolean secure) {
    static final String FORM = "host:port:port[:role][;[address:]clientPort]";

    private static final Pattern NAME = Pattern.compile("server\\.\\d+");
    private static final String HOST = "(?:\\[[0-9a-fA-F:%.]+]|[\\w.-]+)";
    private static final Pattern PEER =
            Pattern.compile(HOST + ":\\d+:\\d+(?:\\|" + HOST + ":\\d+:\\d+)*(?::(participant|observer))?");
    private static final Pattern CLIENT = Pattern.compile("(?:(" + HOST + "):)?(\\d+)");

    static boolean isOne(Given given) {
        return NAME.matcher(given.key()).matches();
    }

    /** Empty if the text has not the form of such a line. */
    static Optional<ServerLine> parse(String text) {
        var parts = text.split(";", -1);
        var peer = PEER.matcher(parts[0]);
        if (!peer.matches() || parts.length > 3) {
            return Optional.empty();
        }
        var observer = "observer".equals(peer.group(1));
        var secure = parts.length == 3 && !parts[2].isEmpty();
        if (parts.length == 1 || parts[1].isEmpty()) {
            return Optional.of(new ServerLine(observer, Optional.empty(), Optional.empty(), secure));
        }
        var client = CLIENT.matcher(parts[1]);
        return client.matches()
                ? Optional.of(new ServerLine(
                        observer, Optional.ofNullable(client.group(1)), Optional.of(client.group(2)), secure))
                : Optional.empty();
    }
}
