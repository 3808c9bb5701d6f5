/**
 * How servers reach one another: links for messages ({@link io.pando.zab.transport.PeerTransport}) and, apart from them so that a
 * long transfer delays no heartbeat, a channel for snapshots ({@link io.pando.zab.transport.BulkChannel}). Each has one event
 * loop, which never blocks: names are resolved and files are read and written on threads of their own.
 */
@NullMarked
package io.pando.zab.transport;

import org.jspecify.annotations.NullMarked;
