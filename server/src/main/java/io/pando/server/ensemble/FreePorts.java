package io.pando.server.ensemble;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of loopback for servers that have to know those of each other before they start. Free now: somebody may take one before a server
 * does, which then says so.
 */
public final class FreePorts {
    private FreePorts() {}

    /** So many, 0 or more. All are looked for before any is let go, so that they differ. */
    public static List<Integer> choose(int count) throws IOException {
        List<ServerSocket> probes = new ArrayList<>();
        try {
            while (probes.size() < count) {
                probes.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return probes.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket probe : probes) {
                probe.close();
            }
        }
    }
}
