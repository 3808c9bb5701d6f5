package io.pando.client;

import io.pando.datatree.ZnodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where servers are, and below which znode a client stays: the text {@code host:port,host:port/chroot}.
 *
 * @param servers in the order in which they are tried
 * @param chroot the znode that the client takes for the root; {@code /} for all of the tree
 */
public record ServerList(List<Server> servers, String chroot) {
    public static final int DEFAULT_PORT = 2181;

    private static final Pattern SERVER =
            Pattern.compile("(\\[[^\\[\\]\\s\\p{Cntrl}]+]|[^:\\[\\]\\s\\p{Cntrl}]+)(?::(\\d{1,5}))?");
    private static final int MAX_PORT = 65535;

    /** One of them. The host is a name or an address, IPv6 ones without brackets. */
    public record Server(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    public ServerList {
        servers = List.copyOf(servers);
    }

    /**
     * Reads the text; a port left out is {@value #DEFAULT_PORT}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ServerList parse(String text) {
        var slash = text.indexOf('/');
        var chroot = slash < 0 ? ZnodePath.ROOT : text.substring(slash);
        var problem = ZnodePath.problem(chroot);
        if (problem != null) {
            throw new IllegalArgumentException("After the servers of \"" + text + "\": " + problem);
        }
        var servers = new ArrayList<Server>();
        for (var one : (slash < 0 ? text : text.substring(0, slash)).split(",", -1)) {
            servers.add(parseServer(one.strip()));
        }
        return new ServerList(servers, chroot);
    }

    private static Server parseServer(String text) {
        var parts = SERVER.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a server; expected HOST or HOST:PORT");
        }
        var port = parts.group(2) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("\"" + text + "\" is not a server; ports are 1 to " + MAX_PORT);
        }
        return new Server(parts.group(1).replaceAll("[\\[\\]]", ""), port);
    }

    @Override
    public String toString() {
        var text = String.join(",", servers.stream().map(Server::toString).toList());
        return chroot.equals(ZnodePath.ROOT) ? text : text + chroot;
    }
}
