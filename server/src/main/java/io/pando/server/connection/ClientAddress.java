package io.pando.server.connection;

import io.pando.datatree.Id;
import java.net.InetAddress;
import java.util.List;

/**
 * Where clients are: one for all who are connected from there, since they may be many.
 *
 * @param identities what a client is known by before it proves anything
 */
record ClientAddress(InetAddress ip, List<Id> identities) {}
