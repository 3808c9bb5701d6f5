package io.pando.zab.model;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server of an ensemble, as a {@code server.N} line of the configuration describes it.
 *
 * @param id the server id, {@code myid}
 * @param host name or address that the other servers connect to
 * @param peerPort for the broadcast
 * @param bulkPort for snapshots; ZooKeeper's election port, which Pando has no other use for
 * @param role whether its acknowledgements count
 * @param weight how much its voice counts within its group, up to {@link #HIGHEST_WEIGHT}; 0 never leads
 * @param group the group it belongs to; 0 unless groups were configured
 * @param clientAddress {@code [address:]port} for clients; empty if the line says nothing about it
 * @param dataId the data directory whose promises count as this member's; {@link #ANY_DATA} until an ensemble has recorded it
 */
public record Member(
        long id,
        String host,
        int peerPort,
        int bulkPort,
        Role role,
        int weight,
        int group,
        String clientAddress,
        UUID dataId) {

    /** Whether a member's voice counts. */
    public enum Role {
        PARTICIPANT,
        OBSERVER;

        String text() {
            return this == PARTICIPANT ? "participant" : "observer";
        }
    }

    public static final UUID ANY_DATA = new UUID(0, 0);

    /** More than anybody needs, and far from where the weights of all members together would overflow. */
    public static final int HIGHEST_WEIGHT = 1_000_000;

    private static final String HOST = "(\\[[0-9a-fA-F:%.]+]|[\\w.-]+)";
    private static final Pattern LINE =
            Pattern.compile(HOST + ":(\\d{1,5}):(\\d{1,5})(?::(participant|observer))?(?:;(.*))?");
    private static final int HIGHEST_PORT = 65_535;

    public Member {
        if (id < 0) {
            throw new IllegalArgumentException("Server id " + id + " is negative");
        }
        if (weight < 0 || weight > HIGHEST_WEIGHT) {
            throw new IllegalArgumentException(
                    "Weight " + weight + " of server " + id + " is not in 0.." + HIGHEST_WEIGHT);
        }
        checkPort(peerPort, id);
        checkPort(bulkPort, id);
    }

    private static void checkPort(int port, long id) {
        if (port <= 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("Port " + port + " of server " + id + " is not in 1.." + HIGHEST_PORT);
        }
    }

    /**
     * Reads the value of a {@code server.N} line: {@code host:port:port[:participant|observer][;client address]}.
     *
     * @throws IllegalArgumentException if it has not that form
     */
    public static Member parse(long id, String text) {
        Matcher line = LINE.matcher(text.strip());
        if (!line.matches()) {
            throw new IllegalArgumentException("server." + id + "=" + text
                    + " is not of the form host:port:port[:participant|observer][;[address:]clientPort]");
        }
        String client = line.group(5) == null ? "" : line.group(5);
        return new Member(
                id,
                line.group(1),
                Integer.parseInt(line.group(2)),
                Integer.parseInt(line.group(3)),
                "observer".equals(line.group(4)) ? Role.OBSERVER : Role.PARTICIPANT,
                1,
                0,
                client,
                ANY_DATA);
    }

    /** The value of its {@code server.N} line. */
    String text() {
        return host + ":" + peerPort + ":" + bulkPort + ":" + role.text()
                + (clientAddress.isEmpty() ? "" : ";" + clientAddress);
    }

    public boolean isParticipant() {
        return role == Role.PARTICIPANT;
    }

    public Member withWeight(int other) {
        return new Member(id, host, peerPort, bulkPort, role, other, group, clientAddress, dataId);
    }

    public Member inGroup(int other) {
        return new Member(id, host, peerPort, bulkPort, role, weight, other, clientAddress, dataId);
    }

    public Member withData(UUID other) {
        return new Member(id, host, peerPort, bulkPort, role, weight, group, clientAddress, other);
    }
}
