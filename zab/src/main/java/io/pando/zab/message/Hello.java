package io.pando.zab.message;

import java.util.UUID;

/**
 * How a server introduces itself, once per link, before anything else.
 *
 * @param clusterId the ensemble that its history belongs to; all zero while it has no history
 * @param serverId who it is
 * @param dataId its data directory: a member that comes back with another one has lost its promises
 * @param incarnation another one after every start
 * @param recordBytes how long records may be that it takes; all servers have to take the same
 * @param listed the members by its configuration, as long as they count
 */
public record Hello(
        UUID clusterId, long serverId, UUID dataId, long incarnation, int recordBytes, ListedMembers listed) {

    public static final UUID NO_CLUSTER = new UUID(0, 0);
}
