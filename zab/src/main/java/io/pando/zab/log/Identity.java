package io.pando.zab.log;

import java.util.UUID;

/**
 * Who this data directory is; written once.
 *
 * @param clusterId the ensemble it belongs to: files of another one are refused
 * @param dataId this directory, and no copy of it that was emptied in between
 */
public record Identity(UUID clusterId, long serverId, UUID dataId) {}
