package io.pando.zab.log;

import java.util.UUID;

/**
 * Who this data directory is.
 *
 * @param clusterId the ensemble it belongs to, files of another one are refused; {@link #NO_CLUSTER} until it is adopted
 * @param serverId whose directory it is, chosen with the first start
 * @param dataId this directory, and no copy of it that was emptied in between
 */
public record Identity(UUID clusterId, long serverId, UUID dataId) {

    public static final UUID NO_CLUSTER = new UUID(0, 0);

    public boolean isAdopted() {
        return !clusterId.equals(NO_CLUSTER);
    }

    Identity withCluster(UUID id) {
        return new Identity(id, serverId, dataId);
    }
}
