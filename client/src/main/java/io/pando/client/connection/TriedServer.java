package io.pando.client.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What came of a server when it was tried last, while none opened or continued the session.
 *
 * @param server under which of its addresses; unresolved when its name has none that is known
 * @param problem in one word
 * @param detail as the network, TLS or the server put it; a sentence or a part of one
 */
public record TriedServer(InetSocketAddress server, Problem problem, String detail) {
    /** Why a server was of no use. */
    public enum Problem {
        /** Its name has no address, as far as can be found out here. */
        NAME_UNKNOWN("its name is not known"),

        /** Its machine answers, and nothing listens at the port. */
        REFUSED("refused the connection"),

        /** There is no way to its address. */
        UNREACHABLE("can't be reached"),

        /** It took longer than the connect timeout, be it for the connection or for the session. */
        TIMED_OUT("timed out"),

        /** It has not taken too long yet. */
        NO_ANSWER_YET("no answer yet"),

        /** There was no agreement on encryption, or its certificate is not trusted. */
        TLS_FAILED("TLS failed"),

        /** It is there and opens or continues no session: mostly, it has no quorum. */
        NOT_SERVING("does not serve"),

        /** The connection ended in another way. */
        BROKEN("the connection broke");

        private final String text;

        Problem(String text) {
            this.text = text;
        }
    }

    /** Such as {@code zoo1/10.0.0.7:2181: refused the connection (Connection refused)}. */
    @Override
    public String toString() {
        return where(server) + ": " + problem.text + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    /** The name, and the address behind it if it is known and not the name itself. */
    static String where(InetSocketAddress server) {
        String name = server.getHostString();
        InetAddress address = server.getAddress();
        String text =
                address == null || address.getHostAddress().equals(name) ? name : name + "/" + address.getHostAddress();
        return text + ":" + server.getPort();
    }
}
