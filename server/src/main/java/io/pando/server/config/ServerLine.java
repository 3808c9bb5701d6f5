package io.pando.server.config;

import io.pando.zab.model.Member;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code server.N} line: {@code server.1=zoo1:2888:3888;2181}. The client part of a server's own line stands in for clientPort and
 * clientPortAddress.
 *
 * <p>The form is {@code host:port:port[:role][;[address:]clientPort[;[address:]securePort]]}, with {@code |} between several addresses of one
 * server.
 *
 * @param member without weight and group, which have lines of their own
 * @param clientAddress that clients are listened to on; empty for all
 * @param secure whether it names a port for TLS
 * @param severalAddresses whether there are more of them than the member's
 */
record ServerLine(
        Given given,
        Member member,
        Optional<String> clientAddress,
        Optional<Integer> clientPort,
        boolean secure,
        boolean severalAddresses) {
    static final String FORM =
            "host:port:port[:participant|observer][;[address:]clientPort] with ports from 1 to 65535";

    private static final int HIGHEST_PORT = 65_535;
    private static final String HOST = "(?:\\[[0-9a-fA-F:%.]+]|[\\w.-]+)";
    private static final Pattern PEER = Pattern.compile(
            "(" + HOST + "):(\\d{1,5}):(\\d{1,5})((?:\\|" + HOST + ":\\d+:\\d+)*)(?::(participant|observer))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CLIENT = Pattern.compile("(?:(" + HOST + "):)?(\\d{1,5})");

    /** Empty if the text has not the form of such a line. */
    static Optional<ServerLine> parse(long id, Given given) {
        String[] parts = given.value().split(";", -1);
        Matcher peer = PEER.matcher(parts[0].strip());
        if (!peer.matches() || parts.length > 3 || !arePorts(peer.group(2), peer.group(3))) {
            return Optional.empty();
        }
        String client = parts.length > 1 ? parts[1].strip() : "";
        Matcher port = CLIENT.matcher(client);
        if (!client.isEmpty() && (!port.matches() || !arePorts(port.group(2)))) {
            return Optional.empty();
        }
        return Optional.of(new ServerLine(
                given,
                member(id, peer, client),
                client.isEmpty() ? Optional.empty() : Optional.ofNullable(port.group(1)),
                client.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(port.group(2))),
                parts.length == 3 && !parts[2].isBlank(),
                !peer.group(4).isEmpty()));
    }

    private static Member member(long id, Matcher peer, String client) {
        return new Member(
                id,
                peer.group(1),
                Integer.parseInt(peer.group(2)),
                Integer.parseInt(peer.group(3)),
                "observer".equalsIgnoreCase(peer.group(5)) ? Member.Role.OBSERVER : Member.Role.PARTICIPANT,
                1,
                0,
                client,
                Member.ANY_DATA);
    }

    private static boolean arePorts(String... texts) {
        for (String text : texts) {
            int port = Integer.parseInt(text);
            if (port < 1 || port > HIGHEST_PORT) {
                return false;
            }
        }
        return true;
    }

    long id() {
        return member.id();
    }

    /** Beginning of every sentence about it. */
    String describe() {
        return given.describe();
    }
}
