package io.pando.client.watch;

import io.pando.session.EventType;

/**
 * What a watch tells.
 *
 * @param type what happened: {@code NODE_CREATED}, {@code NODE_DELETED}, {@code NODE_DATA_CHANGED} or
 *     {@code NODE_CHILDREN_CHANGED}
 * @param path of the znode it happened to, as the client names it: below the chroot
 * @param zxid of the change; -1 when the server does not say, which is so before ZooKeeper 3.9 and for what was missed while there
 *     was no connection
 */
public record NodeEvent(EventType type, String path, long zxid) {}
